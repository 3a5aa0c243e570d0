import type { Answer, PlayerInput } from './messages.ts'

/** A key press: `key` as in KeyboardEvent, `primary` for Ctrl (on a Mac: Command). */
export interface KeyPress {
  readonly key: string
  readonly primary: boolean
  readonly shift: boolean
}

/** The ratings that have a key. The stars themselves rate in halves. */
type Rating = (typeof ratings)[number]
const ratings = [0, 1, 2, 3, 4, 5] as const

export type Shortcut =
  | 'playPause'
  | 'play'
  | 'pause'
  | 'stop'
  | 'next'
  | 'previous'
  | 'louder'
  | 'quieter'
  | 'forward'
  | 'back'
  | 'mute'
  | 'shuffle'
  | 'repeat'
  | `rate${Rating}`
  | 'search'
  | 'library'
  | 'upNext'
  | 'playlists'
  | 'settings'
  | 'lab'
  | 'threads'

export interface ShortcutEntry {
  readonly shortcut: Shortcut
  /** The first one is shown. */
  readonly keys: readonly KeyPress[]
  readonly action: ShortcutAction
}

/** What a key stands for: an input of the player, or something to show in the window. */
export type ShortcutAction = Exclude<PlayerInput, { kind: 'key' }> | Exclude<Answer, { kind: 'rows' }>

/** Seconds that an arrow key seeks. */
const seekStep = 5
const volumeStep = 0.05

/** Every shortcut, in the order of Settings. */
export const shortcuts: readonly ShortcutEntry[] = [
  entry('playPause', [key(' '), key('MediaPlayPause')], { kind: 'toggle' }),
  entry('next', [primary('ArrowRight'), key('MediaTrackNext')], { kind: 'next' }),
  entry('previous', [primary('ArrowLeft'), key('MediaTrackPrevious')], { kind: 'previous' }),
  entry('forward', [key('ArrowRight')], { kind: 'seekBy', by: seekStep }),
  entry('back', [key('ArrowLeft')], { kind: 'seekBy', by: -seekStep }),
  entry('louder', [primary('ArrowUp')], { kind: 'volumeBy', by: volumeStep }),
  entry('quieter', [primary('ArrowDown')], { kind: 'volumeBy', by: -volumeStep }),
  entry('mute', [key('m')], { kind: 'toggleMute' }),
  entry('shuffle', [key('s')], { kind: 'toggleShuffle' }),
  entry('repeat', [key('r')], { kind: 'cycleRepeat' }),
  ...ratings.map((rating) => entry(`rate${rating}`, [key(String(rating))], { kind: 'rateCurrent', rating })),
  entry('search', [primary('f')], { kind: 'focusSearch' }),
  entry('library', [primary('1')], { kind: 'view', view: 'library' }),
  entry('upNext', [primary('2')], { kind: 'view', view: 'up-next' }),
  entry('settings', [primary('3')], { kind: 'view', view: 'settings' }),
  entry('lab', [primary('4')], { kind: 'view', view: 'lab' }),
  entry('playlists', [primary('5')], { kind: 'view', view: 'playlists' }),
  entry('threads', [{ key: 't', primary: true, shift: true }], { kind: 'toggleThreads' }),
  entry('play', [key('MediaPlay')], { kind: 'play' }),
  entry('pause', [key('MediaPause')], { kind: 'pause' }),
  entry('stop', [key('MediaStop')], { kind: 'stop' }),
]

const entriesByKeyPress = new Map(
  shortcuts.flatMap((entry) => entry.keys.map((press) => [keyPressId(press), entry] as const)),
)
const entriesByShortcut = new Map(shortcuts.map((entry) => [entry.shortcut, entry]))

/** Returns the shortcut of a key press, if any. */
export function findShortcut(press: KeyPress): Shortcut | undefined {
  return findShortcutEntry(press)?.shortcut
}

export function findShortcutEntry(press: KeyPress): ShortcutEntry | undefined {
  return entriesByKeyPress.get(keyPressId(press))
}

/** Returns the key to show beside a control. */
export function firstKeyOf(shortcut: Shortcut): KeyPress | undefined {
  return entriesByShortcut.get(shortcut)?.keys[0]
}

function entry(shortcut: Shortcut, keys: readonly KeyPress[], action: ShortcutAction): ShortcutEntry {
  return { shortcut, keys, action }
}

function key(name: string): KeyPress {
  return { key: name, primary: false, shift: false }
}

function primary(name: string): KeyPress {
  return { key: name, primary: true, shift: false }
}

/** Caps Lock makes no difference. */
function keyPressId({ key, primary, shift }: KeyPress): string {
  return `${primary ? 'primary ' : ''}${shift ? 'shift ' : ''}${key.length === 1 ? key.toLowerCase() : key}`
}
