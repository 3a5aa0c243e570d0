import { Event, Queue, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { type Passage, setAndClear, startWorkers } from '../programs/event-program.ts'
import typescript from '../programs/event-program.ts?raw'
import python from '../programs/python/event_program.py?raw'
import { delay } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatNumber } from './support/english.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

export const events: Exercise = {
  id: 'event',
  title: 'Event',
  lesson: [
    'An event is a flag that threads can wait for. wait sleeps while the flag is down and goes through while it is up. set raises it and wakes all who wait; clear takes it down. Nobody owns it.',
    'set followed by clear at once is a starting shot: it wakes all who wait at that moment, even though the flag is down again before they run. Who comes a moment later waits for the next shot. (A flag that threads only look at, again and again, would lose them.)',
    'A flag that stays up lets everybody through, as often as they come.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'main',
      label: 'main',
      choices: [
        { value: 'shots', label: 'Sets and clears at once, each time all wait' },
        { value: 'set', label: 'Sets once, when all wait' },
        { value: 'hand', label: 'Does nothing: use the buttons' },
      ],
      initial: 'shots',
    },
    { kind: 'number', name: 'threads', label: 'Workers', min: 1, max: 8, initial: 3 },
    { kind: 'number', name: 'rounds', label: 'Rounds', min: 1, max: 20, initial: 4 },
    { kind: 'number', name: 'work', label: 'ms of work', min: 0, max: 2000, initial: 500 },
  ],
  actions: [
    { name: 'set', label: 'Set' },
    { name: 'clear', label: 'Clear' },
    { name: 'shot', label: 'Set and clear at once' },
  ],
  question: {
    ask: 'Let main do nothing, and use the buttons. Set and clear at once while one worker is at work and the others wait. Who goes through, and what does the one at work do when it comes?',
    answer:
      'All who waited go through. The one at work was not waiting: it finds the flag down and waits for the next set. An event keeps no record of shots. What must not be missed belongs in a queue, or in a condition with something to look at.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const go = new Event({ name: 'go' })
  const passed = new Queue<Passage>({ name: 'passed' })
  const rounds = { count: readNumber(setup, 'rounds'), work: readNumber(setup, 'work') }
  const threads = startWorkers(readNumber(setup, 'threads'), go, passed, rounds)
  const actions: Record<string, () => void> = {
    set: () => go.set(),
    clear: () => go.clear(),
    shot: () => setAndClear(go),
  }
  const act = (action: string) => actions[action]?.()
  const sets = signalWorkers(readChoice(setup, 'main'), threads, go)
  return { threads, performAction: act, outcome: awaitOutcome(threads, passed, rounds.count, sets) }
}

/** What main does, until all threads have ended. Returns how often it set the event. */
async function signalWorkers(main: string, threads: readonly Thread[], go: Event): Promise<number> {
  const standstill = new QuiescenceDetector()
  let sets = 0
  while (main !== 'hand' && threads.some((thread) => thread.isAlive())) {
    if (standstill.detect(threads)) {
      if (main === 'set') go.set()
      else setAndClear(go)
      sets++
    }
    await delay(5)
  }
  return sets
}

async function awaitOutcome(
  threads: readonly Thread[],
  passed: Queue<Passage>,
  rounds: number,
  led: Promise<number>,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const [sets, passages] = [await led, drainQueue(passed)]
  const through = passages.filter(({ wasUp }) => wasUp).length
  const woken = passages.length - through
  const main = sets > 0 ? ` main set it ${formatCount(sets, 'time')}.` : ''
  return {
    summary: `${formatCount(threads.length, 'worker')} came to the event ${formatCount(rounds, 'time')} each.${main} They found the flag down ${formatCount(woken, 'time')} and waited until it was set, and found it up ${formatCount(through, 'time')}.`,
    isCorrect: true,
    facts: [
      { name: 'Sets by main', value: formatNumber(sets) },
      { name: 'Woken by a set', value: formatNumber(woken) },
      { name: 'Found it up', value: formatNumber(through) },
      ...threads.map(({ name }) => ({
        name,
        value: describePassages(passages.filter((passage) => passage.name === name)),
      })),
    ],
  }
}

const describePassages = (passages: readonly Passage[]): string =>
  passages.map(({ round, wasUp }) => `${round} ${wasUp ? 'up' : 'woken'}`).join(', ')
