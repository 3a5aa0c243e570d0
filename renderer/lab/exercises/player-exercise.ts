import { Condition, Event, Queue, Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Fact, Outcome, Run, Setup } from '../model/exercise.ts'
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
import { formatDuration } from './support/format.ts'
import { readNumber, readSwitch } from './support/read-setup.ts'

export const player: Exercise = {
  id: 'player',
  title: m.lab_player_title,
  lesson: [m.lab_player_lesson_1, m.lab_player_lesson_2, m.lab_player_lesson_3],
  controls: [
    { kind: 'number', name: 'songs', label: m.lab_player_control_songs, min: 1, max: 50, initial: 6 },
    { kind: 'number', name: 'length', label: m.lab_player_control_length, min: 20, max: 5000, initial: 1500 },
    { kind: 'number', name: 'room', label: m.lab_player_control_room, min: 1, max: 8, initial: 2 },
    { kind: 'switch', name: 'begin', label: m.lab_player_control_begin, initial: true },
  ],
  actions: [
    { name: 'play', label: m.player_play },
    { name: 'pause', label: m.player_pause },
    { name: 'next', label: m.player_next },
  ],
  question: {
    ask: m.lab_player_question,
    answer: m.lab_player_answer,
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
  const performAction = (action: string) => {
    if (action === 'play' || action === 'pause' || action === 'next') shared.inputs.put(action)
  }
  return { threads, performAction, outcome: awaitOutcome(threads, shared, songs) }
}

async function awaitOutcome(
  threads: readonly Thread[],
  { sounded }: PlayerObjects,
  songs: number,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const played = drainQueue(sounded)
  const isInOrder = played.length === songs && played.every(({ song }, index) => song === index + 1)
  const skipped = played.filter(({ isWhole }) => !isWhole).length
  const count = played.length
  return {
    summary: m.lab_player_summary({
      order: isInOrder ? m.lab_player_in_order({ count }) : m.lab_player_out_of_order({ count }),
      skipped: skipped === 0 ? m.lab_player_none_skipped() : m.lab_player_skipped({ count: skipped }),
    }),
    isCorrect: isInOrder,
    facts: played.map(describeSong),
  }
}

function describeSong({ song, isWhole, time }: PlayedSong): Fact {
  const duration = formatDuration(time)
  return {
    name: m.lab_player_fact_song({ index: song }),
    value: isWhole ? m.lab_player_fact_whole({ duration }) : m.lab_player_fact_skipped({ duration }),
  }
}
