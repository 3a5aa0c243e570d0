import { Event, Queue, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/events.py?raw'
import { type Passage, setAndClear, startWorkers } from '../programs/events.ts'
import typescript from '../programs/events.ts?raw'
import { drained, ended, outcomeOf } from './ends.ts'
import { pause } from './pauses.ts'
import { choiceIn, numberIn } from './setup.ts'
import { Standstill } from './standstill.ts'
import { count, figure } from './words.ts'

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
      first: 'shots',
    },
    { kind: 'number', name: 'threads', label: 'Workers', least: 1, most: 8, first: 3 },
    { kind: 'number', name: 'rounds', label: 'Rounds', least: 1, most: 20, first: 4 },
    { kind: 'number', name: 'work', label: 'ms of work', least: 0, most: 2000, first: 500 },
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
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const go = new Event({ name: 'go' })
  const passed = new Queue<Passage>({ name: 'passed' })
  const rounds = { count: numberIn(setup, 'rounds'), work: numberIn(setup, 'work') }
  const threads = startWorkers(numberIn(setup, 'threads'), go, passed, rounds)
  const actions: Record<string, () => void> = {
    set: () => go.set(),
    clear: () => go.clear(),
    shot: () => setAndClear(go),
  }
  const act = (action: string) => actions[action]?.()
  const sets = lead(choiceIn(setup, 'main'), threads, go)
  return { threads, act, outcome: outcome(threads, passed, rounds.count, sets) }
}

/** What main does, until all threads have ended. Returns how often it set the event. */
async function lead(main: string, threads: readonly Thread[], go: Event): Promise<number> {
  const standstill = new Standstill()
  let sets = 0
  while (main !== 'hand' && threads.some((thread) => thread.isAlive())) {
    if (standstill.look(threads)) {
      if (main === 'set') go.set()
      else setAndClear(go)
      sets++
    }
    await pause(5)
  }
  return sets
}

async function outcome(
  threads: readonly Thread[],
  passed: Queue<Passage>,
  rounds: number,
  led: Promise<number>,
): Promise<Outcome> {
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const [sets, passages] = [await led, drained(passed)]
  const through = passages.filter(({ wasUp }) => wasUp).length
  const woken = passages.length - through
  const main = sets > 0 ? ` main set it ${count(sets, 'time')}.` : ''
  return {
    sentence: `${count(threads.length, 'worker')} came to the event ${count(rounds, 'time')} each.${main} They found the flag down ${count(woken, 'time')} and waited until it was set, and found it up ${count(through, 'time')}.`,
    fine: true,
    facts: [
      { name: 'Sets by main', value: figure(sets) },
      { name: 'Woken by a set', value: figure(woken) },
      { name: 'Found it up', value: figure(through) },
      ...threads.map(({ name }) => ({
        name,
        value: describe(passages.filter((passage) => passage.name === name)),
      })),
    ],
  }
}

const describe = (passages: readonly Passage[]): string =>
  passages.map(({ round, wasUp }) => `${round} ${wasUp ? 'up' : 'woken'}`).join(', ')
