import { now, onThreadEnd, Queue, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { joinAll, startGreeters } from '../programs/creating-program.ts'
import typescript from '../programs/creating-program.ts?raw'
import python from '../programs/python/creating_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatDuration, joinNames } from './support/english.ts'
import { readNumber, readSwitch } from './support/read-setup.ts'

export const creating: Exercise = {
  id: 'creating',
  title: 'Creating and joining',
  lesson: [
    'A Thread is made with a target, the function that it runs, and args, what the function is called with. Making it runs nothing: start does, and returns at once. From then on two threads run, the new one and the one that started it.',
    'The order of starts is not the order of ends. Here every thread sleeps before it greets, the first one longest, so the last started ends first.',
    'join waits until a thread has ended. Who does not join goes on at once, while the threads still run. (main of a page must not block, so it awaits joinAsync; in Python, and between threads here, it is join.)',
    'A thread without a name is given one: Thread-1 (greet), and so on. A daemon is a thread that its process does not wait for: when only daemons are left, Python ends, in the middle of whatever they do.',
  ],
  controls: [
    { kind: 'number', name: 'threads', label: 'Threads', min: 1, max: 8, initial: 3 },
    { kind: 'number', name: 'pause', label: 'ms of sleep', min: 0, max: 1000, initial: 300 },
    { kind: 'switch', name: 'named', label: 'Give names', initial: true },
    { kind: 'switch', name: 'join', label: 'Join them', initial: true },
    { kind: 'switch', name: 'daemon', label: 'Daemons', initial: false },
  ],
  actions: [],
  question: {
    ask: 'main joins the first thread first, and that one ends last. Does main therefore wait longer than if it joined the last one first?',
    answer:
      'No. When the first thread has ended, all others have too, and joining a thread that has ended returns at once. Joining all of them takes as long as the slowest one, in whichever order.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const printed = new Queue<string>({ name: 'printed' })
  const daemon = readSwitch(setup, 'daemon')
  const began = now()
  const threads = startGreeters(printed, {
    count: readNumber(setup, 'threads'),
    pause: readNumber(setup, 'pause'),
    daemon,
    isNamed: readSwitch(setup, 'named'),
  })
  const ends = recordEnds(threads, began)
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome(threads, readSwitch(setup, 'join'), began, ends, printed),
  }
}

interface ThreadEnd {
  readonly name: string
  readonly after: number
}

/** The ends so far, in their order, each with its time since `began`. */
function recordEnds(threads: readonly Thread[], began: number): ThreadEnd[] {
  const ends: ThreadEnd[] = []
  const stop = onThreadEnd(({ ident, name }) => {
    if (!threads.some((thread) => thread.ident === ident)) return
    ends.push({ name, after: now() - began })
    if (ends.length === threads.length) stop()
  })
  return ends
}

async function awaitOutcome(
  threads: readonly Thread[],
  isJoined: boolean,
  began: number,
  ends: readonly ThreadEnd[],
  printed: Queue<string>,
): Promise<Outcome> {
  if (isJoined) await joinAll(threads)
  const wentOn = now() - began
  const alive = threads.filter((thread) => thread.isAlive()).length
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const main = isJoined
    ? `main waited ${formatDuration(wentOn)} until all ${threads.length} had ended`
    : `main did not wait: it went on while ${alive} of ${formatCount(threads.length, 'thread')} still ran`
  const started = threads.map(({ name }) => name)
  const printers = drainQueue(printed)
  return {
    summary: `${main}. Started: ${joinNames(started)}. Greeted: ${joinNames(printers.map(extractName))}.`,
    isCorrect: true,
    facts: [
      { name: 'Alive when main went on', value: String(alive) },
      { name: 'Daemons', value: threads[0]?.daemon ? 'yes: nothing waits for them at the end' : 'no' },
      ...printers.map((line, index) => ({ name: `Printed ${index + 1}`, value: line })),
      ...ends.map(({ name, after }) => ({ name, value: `ended after ${formatDuration(after)}` })),
    ],
  }
}

const extractName = (line: string): string => line.slice(line.indexOf(' from ') + ' from '.length)
