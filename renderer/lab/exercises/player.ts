import { Condition, Event, Queue, Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/player.py?raw'
import {
  type Click,
  inputOfModel,
  type Player,
  playbackOfModel,
  type Sounded,
  selectorOfModel,
} from '../programs/player.ts'
import typescript from '../programs/player.ts?raw'
import { SharedList } from '../programs/shared-list.ts'
import { drained, ended, outcomeOf } from './ends.ts'
import { isOn, numberIn } from './setup.ts'
import { count, duration, figure } from './words.ts'

export const player: Exercise = {
  id: 'player',
  title: 'The media player',
  lesson: [
    'Skein itself is three threads, and this is a small model of them. input turns clicks into commands, and is never busy with anything else. playback runs the current song. selector figures out the next songs before they are needed.',
    'playback waits for a command in the Queue commands, with a timeout: when it is up, the song is over. It tells the selector through the Event playing that songs are needed, and takes each from a small plan that the selector fills: the Condition upNext is where playback waits for a song, and the selector for room.',
    'So each thread waits for one thing at a time, and none waits for the screen. The songs here are only lengths of time. The threads of the real player are in the Threads panel, at the same work.',
  ],
  controls: [
    { kind: 'number', name: 'songs', label: 'Songs', least: 1, most: 50, first: 6 },
    { kind: 'number', name: 'length', label: 'ms of a song', least: 20, most: 5000, first: 1500 },
    { kind: 'number', name: 'room', label: 'Room in the plan', least: 1, most: 8, first: 2 },
    { kind: 'switch', name: 'begin', label: 'Play at the start', first: true },
  ],
  actions: [
    { name: 'play', label: 'Play' },
    { name: 'pause', label: 'Pause' },
    { name: 'next', label: 'Next' },
  ],
  question: {
    ask: 'Hold the selector while a song plays. How many songs does playback still find, and what does it wait for after that?',
    answer:
      'As many as the plan holds, perhaps one less. Then playback waits in the Condition upNext until the selector goes on. In this model it would hear no command meanwhile: it waits for one thing at a time. The real one waits there for half a second at the most, and then takes the next song in order by itself.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const [songs, room] = [numberIn(setup, 'songs'), numberIn(setup, 'room')]
  const shared: Player = {
    inputs: new Queue<Click>({ name: 'inputs' }),
    commands: new Queue<Click>({ name: 'commands' }),
    playing: new Event({ name: 'playing' }),
    upNext: new Condition({ name: 'upNext' }),
    plan: SharedList.of('plan', room).memory,
    sounded: new Queue<Sounded>({ name: 'sounded' }),
  }
  const playback = new Thread({
    target: playbackOfModel,
    args: [shared, numberIn(setup, 'length')],
    name: 'playback',
  })
  const threads = [
    new Thread({ target: inputOfModel, args: [shared], name: 'input' }),
    playback,
    new Thread({ target: selectorOfModel, args: [shared, songs, room], name: 'selector' }),
  ]
  for (const thread of threads) thread.start()
  if (isOn(setup, 'begin')) shared.inputs.put('play')
  void playback.joinAsync().then(() => shared.inputs.put('quit'))
  const act = (action: string) => {
    if (action === 'play' || action === 'pause' || action === 'next') shared.inputs.put(action)
  }
  return { threads, act, outcome: outcome(threads, shared, songs) }
}

async function outcome(threads: readonly Thread[], { sounded }: Player, songs: number): Promise<Outcome> {
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const heard = drained(sounded)
  const isInOrder = heard.length === songs && heard.every(({ song }, index) => song === index + 1)
  const skipped = heard.filter(({ isWhole }) => !isWhole).length
  return {
    sentence: `${count(heard.length, 'song')} came up ${isInOrder ? 'in order, each once' : 'out of order'}. ${skipped === 0 ? 'None was' : `${figure(skipped)} ${skipped === 1 ? 'was' : 'were'}`} skipped.`,
    fine: isInOrder,
    facts: heard.map(({ song, isWhole, time }) => ({
      name: `Song ${song}`,
      value: isWhole ? `to its end, ${duration(time)}` : `skipped after ${duration(time)}`,
    })),
  }
}
