import type { TrackId } from '../library/track.ts'
import type { Answer, Command, Input, PlayerInput, QueueEnd } from './messages.ts'
import { findShortcutEntry, type ShortcutAction } from './shortcuts.ts'

/** What follows from an input. The list is written before the commands are sent. */
export interface Interpretation {
  readonly commands: readonly Command[]
  readonly answers: readonly Answer[]
  /**
   * Write the tracks that the window shows as the list to play. `start` is the song to begin with, 0 for any.
   * With `onlyIfEmpty` an existing list stays. With `songs` these are the list, instead of what the window shows.
   */
  readonly list?: { readonly start: TrackId; readonly onlyIfEmpty: boolean; readonly songs?: Int32Array }
  /** Add these tracks to the listener's own queue, before the commands are sent. */
  readonly queue?: { readonly tracks: Int32Array; readonly at: QueueEnd }
}

/**
 * Merges bursts of inputs. Of consecutive seeks and volumes only the last counts, steps in one direction add
 * up, and of all requests of lists only the last remains. A key becomes the input that it stands for, so a held arrow
 * key is one seek. The remaining inputs keep their order.
 */
export function mergeInputs(inputs: readonly Input[]): Input[] {
  const merged: Input[] = []
  for (const input of inputs.map(resolveKey)) {
    const last = merged.at(-1)
    const pair = last === undefined ? undefined : mergePair(last, input)
    if (pair === undefined) merged.push(input)
    else merged[merged.length - 1] = pair
  }
  const lastList = merged.findLastIndex((input) => input.kind === 'list')
  return merged.filter((input, index) => input.kind !== 'list' || index === lastList)
}

/** Returns what an input does to the player and the window. */
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
      return { commands: [input], answers: [], list: { start: input.track, onlyIfEmpty: false } }
    case 'playTracks': {
      const [start] = input.tracks
      if (start === undefined) return noEffect
      const list = { start, onlyIfEmpty: false, songs: input.tracks }
      return { commands: [{ kind: 'playTrack', track: start }], answers: [], list }
    }
    case 'enqueue':
      return { commands: [{ kind: 'planChanged' }], answers: [], queue: input }
    case 'resume':
      return { commands: [input], answers: [], list: { start: input.track, onlyIfEmpty: false } }
    case 'playAll':
      return { commands: [{ kind: 'playList' }], answers: [], list: { start: 0, onlyIfEmpty: false } }
    case 'toggle':
    case 'play':
    case 'next':
      // The first press of Play plays the library as the window shows it.
      return { commands: [input], answers: [], list: { start: 0, onlyIfEmpty: true } }
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
  switch (action.kind) {
    case 'view':
    case 'focusSearch':
    case 'toggleThreads':
    case 'rateCurrent':
      return true
    default:
      return false
  }
}

/** Merges two consecutive inputs if the result is the same; returns undefined otherwise. */
function mergePair(first: Input, second: Input): Input | undefined {
  switch (second.kind) {
    case 'seek':
      return first.kind === 'seek' || first.kind === 'seekBy' ? second : undefined
    case 'volume':
      return first.kind === 'volume' || first.kind === 'volumeBy' ? second : undefined
    case 'seekBy':
    case 'volumeBy':
      // Steps in opposite directions do not add up: a step beyond the end of the song is cut there.
      return first.kind === second.kind && first.by * second.by >= 0
        ? { kind: second.kind, by: first.by + second.by }
        : undefined
    default:
      return undefined
  }
}
