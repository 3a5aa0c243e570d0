import { now, onThreadEnd, Queue, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/creating.py?raw'
import { joinAll, startGreeters } from '../programs/creating.ts'
import typescript from '../programs/creating.ts?raw'
import { drained, ended, outcomeOf } from './ends.ts'
import { isOn, numberIn } from './setup.ts'
import { count, duration, listed } from './words.ts'

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
    { kind: 'number', name: 'threads', label: 'Threads', least: 1, most: 8, first: 3 },
    { kind: 'number', name: 'pause', label: 'ms of sleep', least: 0, most: 1000, first: 300 },
    { kind: 'switch', name: 'named', label: 'Give names', first: true },
    { kind: 'switch', name: 'join', label: 'Join them', first: true },
    { kind: 'switch', name: 'daemon', label: 'Daemons', first: false },
  ],
  actions: [],
  question: {
    ask: 'main joins the first thread first, and that one ends last. Does main therefore wait longer than if it joined the last one first?',
    answer:
      'No. When the first thread has ended, all others have too, and joining a thread that has ended returns at once. Joining all of them takes as long as the slowest one, in whichever order.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const printed = new Queue<string>({ name: 'printed' })
  const daemon = isOn(setup, 'daemon')
  const began = now()
  const threads = startGreeters(printed, {
    count: numberIn(setup, 'threads'),
    pause: numberIn(setup, 'pause'),
    daemon,
    isNamed: isOn(setup, 'named'),
  })
  const ends = endsOf(threads, began)
  return { threads, act: () => {}, outcome: outcome(threads, isOn(setup, 'join'), began, ends, printed) }
}

interface End {
  readonly name: string
  readonly after: number
}

/** The ends so far, in their order, each with its time since `began`. */
function endsOf(threads: readonly Thread[], began: number): End[] {
  const ends: End[] = []
  const stop = onThreadEnd(({ ident, name }) => {
    if (!threads.some((thread) => thread.ident === ident)) return
    ends.push({ name, after: now() - began })
    if (ends.length === threads.length) stop()
  })
  return ends
}

async function outcome(
  threads: readonly Thread[],
  isJoined: boolean,
  began: number,
  ends: readonly End[],
  printed: Queue<string>,
): Promise<Outcome> {
  if (isJoined) await joinAll(threads)
  const wentOn = now() - began
  const alive = threads.filter((thread) => thread.isAlive()).length
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const main = isJoined
    ? `main waited ${duration(wentOn)} until all ${threads.length} had ended`
    : `main did not wait: it went on while ${alive} of ${count(threads.length, 'thread')} still ran`
  const started = threads.map(({ name }) => name)
  const printers = drained(printed)
  return {
    sentence: `${main}. Started: ${listed(started)}. Greeted: ${listed(printers.map(nameIn))}.`,
    fine: true,
    facts: [
      { name: 'Alive when main went on', value: String(alive) },
      { name: 'Daemons', value: threads[0]?.daemon ? 'yes: nothing waits for them at the end' : 'no' },
      ...printers.map((line, index) => ({ name: `Printed ${index + 1}`, value: line })),
      ...ends.map(({ name, after }) => ({ name, value: `ended after ${duration(after)}` })),
    ],
  }
}

const nameIn = (line: string): string => line.slice(line.indexOf(' from ') + ' from '.length)
