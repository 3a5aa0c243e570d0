import type { TrackId } from '../library/track.ts'
import type { Answer, Command, Input } from './messages.ts'
import { findShortcutEntry, type ShortcutAction } from './shortcuts.ts'

/** Inputs about the player and the window; the others are about the library and its search. */
export type PlayerInput = Exclude<Input, { kind: 'search' | 'libraryCleared' | 'libraryTracks' }>

/** What an input sets off. The order is written before the commands are sent. */
export interface Interpretation {
  readonly commands: readonly Command[]
  readonly answers: readonly Answer[]
  /**
   * Write the present rows as the order to play in. `start` is the song that it is played from, 0 for any.
   * With `onlyIfEmpty` an order that is there already stays. With `songs` these are the order, and not the rows.
   */
  readonly order?: { readonly start: TrackId; readonly onlyIfEmpty: boolean; readonly songs?: Int32Array }
  /** Add these to the listener's own queue, before the commands are sent. */
  readonly queue?: Int32Array
}

/**
 * The same inputs with bursts made one: of seeks and volumes in a row only the last counts, steps in one direction add up,
 * and of all searches only the last is answered. A key becomes what it stands for, so that a held arrow is one seek.
 * What is left keeps its order.
 */
export function mergeInputs(inputs: readonly Input[]): Input[] {
  const merged: Input[] = []
  for (const input of inputs.map(resolveKey)) {
    const last = merged.at(-1)
    const together = last === undefined ? undefined : mergePair(last, input)
    if (together === undefined) merged.push(input)
    else merged[merged.length - 1] = together
  }
  const lastSearch = merged.findLastIndex((input) => input.kind === 'search')
  return merged.filter((input, index) => input.kind !== 'search' || index === lastSearch)
}

/** What an input means for the player and the window. */
export function interpretInput(input: PlayerInput): Interpretation {
  switch (input.kind) {
    case 'key': {
      const action = findShortcutEntry(input)?.action
      if (action === undefined) return noEffect
      return isAnswer(action) ? { ...noEffect, answers: [action] } : interpretInput(action)
    }
    case 'navigate':
      return { ...noEffect, answers: [{ kind: 'view', view: input.to }] }
    case 'playTrack':
      return { commands: [input], answers: [], order: { start: input.track, onlyIfEmpty: false } }
    case 'playTracks': {
      const [start] = input.tracks
      if (start === undefined) return noEffect
      const order = { start, onlyIfEmpty: false, songs: input.tracks }
      return { commands: [{ kind: 'playTrack', track: start }], answers: [], order }
    }
    case 'enqueue':
      return { commands: [{ kind: 'planned' }], answers: [], queue: input.tracks }
    case 'resume':
      return { commands: [input], answers: [], order: { start: input.track, onlyIfEmpty: false } }
    case 'playAll':
      return { commands: [{ kind: 'playOrder' }], answers: [], order: { start: 0, onlyIfEmpty: false } }
    case 'toggle':
    case 'play':
    case 'next':
      // The first press of Play plays the library as it is shown.
      return { commands: [input], answers: [], order: { start: 0, onlyIfEmpty: true } }
    case 'stop':
      return { commands: [{ kind: 'pause' }, { kind: 'seek', to: 0 }], answers: [] }
    default:
      return { commands: [input], answers: [] }
  }
}

const noEffect: Interpretation = { commands: [], answers: [] }

function resolveKey(input: Input): Input {
  const action = input.kind === 'key' ? findShortcutEntry(input)?.action : undefined
  return action === undefined || isAnswer(action) ? input : action
}

function isAnswer(action: ShortcutAction): action is Extract<ShortcutAction, Answer> {
  return action.kind === 'view' || action.kind === 'focusSearch' || action.kind === 'toggleThreads'
}

/** Two inputs in a row as one, where that makes no difference; undefined where it would. */
function mergePair(first: Input, second: Input): Input | undefined {
  switch (second.kind) {
    case 'seek':
      return first.kind === 'seek' || first.kind === 'seekBy' ? second : undefined
    case 'volume':
      return first.kind === 'volume' || first.kind === 'volumeBy' ? second : undefined
    case 'seekBy':
    case 'volumeBy':
      // Steps to and fro do not add up: a step beyond the end is lost before the step back.
      return first.kind === second.kind && first.by * second.by >= 0
        ? { kind: second.kind, by: first.by + second.by }
        : undefined
    default:
      return undefined
  }
}
