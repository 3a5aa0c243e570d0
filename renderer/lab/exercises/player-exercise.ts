import { Condition, Event, Queue, Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import {
  type Click,
  type PlayedSong,
  type PlayerObjects,
  runInput,
  runPlayback,
  runSelector,
} from '../programs/player-program.ts'
import typescript from '../programs/player-program.ts?raw'
import python from '../programs/python/player_program.py?raw'
import { SharedList } from '../programs/support/shared-list.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatDuration, formatNumber } from './support/english.ts'
import { readNumber, readSwitch } from './support/read-setup.ts'

export const player: Exercise = {
  id: 'player',
  title: 'The media player',
  lesson: [
    'Skein itself is three threads, and this is a small model of them. input turns clicks into commands, and is never busy with anything else. playback runs the current song. selector figures out the next songs before they are needed.',
    'playback waits for a command in the Queue commands, with a timeout: when it is up, the song is over. It tells the selector through the Event playing that songs are needed, and takes each from a small plan that the selector fills: the Condition upNext is where playback waits for a song, and the selector for room.',
    'So each thread waits for one thing at a time, and none waits for the screen. The songs here are only lengths of time. The threads of the real player are in the Threads panel, at the same work.',
  ],
  controls: [
    { kind: 'number', name: 'songs', label: 'Songs', min: 1, max: 50, initial: 6 },
    { kind: 'number', name: 'length', label: 'ms of a song', min: 20, max: 5000, initial: 1500 },
    { kind: 'number', name: 'room', label: 'Room in the plan', min: 1, max: 8, initial: 2 },
    { kind: 'switch', name: 'begin', label: 'Play at the start', initial: true },
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
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const [songs, room] = [readNumber(setup, 'songs'), readNumber(setup, 'room')]
  const shared: PlayerObjects = {
    inputs: new Queue<Click>({ name: 'inputs' }),
    commands: new Queue<Click>({ name: 'commands' }),
    playing: new Event({ name: 'playing' }),
    upNext: new Condition({ name: 'upNext' }),
    plan: SharedList.of('plan', room).memory,
    sounded: new Queue<PlayedSong>({ name: 'sounded' }),
  }
  const playback = new Thread({
    target: runPlayback,
    args: [shared, readNumber(setup, 'length')],
    name: 'playback',
  })
  const threads = [
    new Thread({ target: runInput, args: [shared], name: 'input' }),
    playback,
    new Thread({ target: runSelector, args: [shared, songs, room], name: 'selector' }),
  ]
  for (const thread of threads) thread.start()
  if (readSwitch(setup, 'begin')) shared.inputs.put('play')
  void playback.joinAsync().then(() => shared.inputs.put('quit'))
  const act = (action: string) => {
    if (action === 'play' || action === 'pause' || action === 'next') shared.inputs.put(action)
  }
  return { threads, performAction: act, outcome: awaitOutcome(threads, shared, songs) }
}

async function awaitOutcome(
  threads: readonly Thread[],
  { sounded }: PlayerObjects,
  songs: number,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const heard = drainQueue(sounded)
  const isInOrder = heard.length === songs && heard.every(({ song }, index) => song === index + 1)
  const skipped = heard.filter(({ isWhole }) => !isWhole).length
  return {
    summary: `${formatCount(heard.length, 'song')} came up ${isInOrder ? 'in order, each once' : 'out of order'}. ${skipped === 0 ? 'None was' : `${formatNumber(skipped)} ${skipped === 1 ? 'was' : 'were'}`} skipped.`,
    isCorrect: isInOrder,
    facts: heard.map(({ song, isWhole, time }) => ({
      name: `Song ${song}`,
      value: isWhole ? `to its end, ${formatDuration(time)}` : `skipped after ${formatDuration(time)}`,
    })),
  }
}
