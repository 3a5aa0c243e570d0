import { Event } from '../../../../shared/threading/src/primitives/event.ts'
import { waiting } from '../engine/memory-probe.ts'
import { expect, identOf, type Run, type Scenario } from '../engine/scenario.ts'

type AnyEvent = Pick<Event, 'wait' | 'set' | 'clear' | 'isSet'>

/** Who waits at the moment of `set` goes on, even if `clear` follows at once. */
export function setAndClear(event: AnyEvent, isWaiting: (ident: number) => boolean): Run {
  const back = new Set<number>()
  let due: number[] = []
  const wait = (place: number) => () => {
    expect(event.wait(), 'a wait without a timeout came back without the flag')
    back.add(identOf(place))
  }
  return {
    threads: {
      one: wait(0),
      two: wait(1),
      setter: () => {
        due = [0, 1].map(identOf).filter(isWaiting)
        event.set()
        event.clear()
      },
    },
    // Who comes after `clear` waits on.
    servants: ['one', 'two'],
    leavesNothing: false,
    check: () => {
      for (const ident of due)
        expect(back.has(ident), `ident ${ident} waited when the flag was set, and waits still`)
      expect(!event.isSet(), 'the flag is set')
    },
  }
}

function setForAll(): Run {
  const event = new Event()
  const wait = () => expect(event.wait(), 'no flag')
  return {
    threads: {
      one: wait,
      two: async () => expect(await event.waitAsync(), 'no flag'),
      setter: () => event.set(),
    },
  }
}

function withTimeouts(): Run {
  const event = new Event()
  return {
    threads: {
      impatient: () => event.wait(5),
      patient: () => expect(event.wait(), 'no flag'),
      setter: () => {
        event.set()
        event.clear()
        event.set()
      },
    },
  }
}

function settersAgainst(): Run {
  const event = new Event()
  return {
    threads: {
      waiter: () => expect(event.wait(), 'no flag'),
      setter: () => event.set(),
      clearer: () => event.clear(),
    },
    servants: ['waiter'],
    leavesNothing: false,
    check: () => {
      if (event.isSet()) expect(waiting(event).length === 0, 'a thread waits for a flag that is set')
    },
  }
}

function makeSetAndClear(): Run {
  const event = new Event()
  return setAndClear(event, (ident) => waiting(event).includes(ident))
}

export const eventScenarios: Scenario[] = [
  { name: 'Event: set and clear at once', setUp: makeSetAndClear },
  { name: 'Event: set for all', setUp: setForAll },
  { name: 'Event: a wait that gives up', setUp: withTimeouts },
  { name: 'Event: set against clear', setUp: settersAgainst },
]
