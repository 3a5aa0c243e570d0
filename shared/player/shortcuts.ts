import type { Answer, Input } from './messages.ts'

/** A key press: `key` as in KeyboardEvent, `primary` for Ctrl (on a Mac: Command). */
export interface KeyPress {
  readonly key: string
  readonly primary: boolean
  readonly shift: boolean
}

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
  | 'search'
  | 'library'
  | 'upNext'
  | 'settings'
  | 'lab'
  | 'threads'

export interface ShortcutEntry {
  readonly shortcut: Shortcut
  /** What it does, for Settings and tooltips. */
  readonly label: string
  /** The first one is shown. */
  readonly keys: readonly KeyPress[]
  readonly action: ShortcutAction
}

/** What a key stands for: an input of the player, or something to show in the window. */
export type ShortcutAction =
  | Exclude<Input, { kind: 'key' | 'search' | 'libraryCleared' | 'libraryTracks' }>
  | Exclude<Answer, { kind: 'rows' }>

/** Seconds that an arrow key seeks. */
const seekStep = 5
const volumeStep = 0.05

/** Every shortcut, in the order of Settings. */
export const shortcuts: readonly ShortcutEntry[] = [
  entry('playPause', 'Play or pause', [key(' '), key('MediaPlayPause')], { kind: 'toggle' }),
  entry('next', 'Next song', [primary('ArrowRight'), key('MediaTrackNext')], { kind: 'next' }),
  entry('previous', 'Previous song', [primary('ArrowLeft'), key('MediaTrackPrevious')], { kind: 'previous' }),
  entry('forward', '5 seconds forward', [key('ArrowRight')], { kind: 'seekBy', by: seekStep }),
  entry('back', '5 seconds back', [key('ArrowLeft')], { kind: 'seekBy', by: -seekStep }),
  entry('louder', 'Louder', [primary('ArrowUp')], { kind: 'volumeBy', by: volumeStep }),
  entry('quieter', 'Quieter', [primary('ArrowDown')], { kind: 'volumeBy', by: -volumeStep }),
  entry('mute', 'Mute', [key('m')], { kind: 'toggleMute' }),
  entry('shuffle', 'Shuffle', [key('s')], { kind: 'toggleShuffle' }),
  entry('repeat', 'Repeat off, all, one', [key('r')], { kind: 'cycleRepeat' }),
  entry('search', 'Search the library', [primary('f')], { kind: 'focusSearch' }),
  entry('library', 'Library', [primary('1')], { kind: 'view', view: 'library' }),
  entry('upNext', 'Up next', [primary('2')], { kind: 'view', view: 'up-next' }),
  entry('settings', 'Settings', [primary('3')], { kind: 'view', view: 'settings' }),
  entry('lab', 'Lab', [primary('4')], { kind: 'view', view: 'lab' }),
  entry('threads', 'Threads', [{ key: 't', primary: true, shift: true }], { kind: 'toggleThreads' }),
  entry('play', 'Play', [key('MediaPlay')], { kind: 'play' }),
  entry('pause', 'Pause', [key('MediaPause')], { kind: 'pause' }),
  entry('stop', 'Stop', [key('MediaStop')], { kind: 'stop' }),
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

/** Returns the key to show beside a control, such as `Ctrl+Right` or, on a Mac, `⌘→`. */
export function formatShortcut(shortcut: Shortcut, mac: boolean): string {
  const press = entriesByShortcut.get(shortcut)?.keys[0]
  if (press === undefined) return ''
  const word = (mac ? macKeyNames : keyNames)[press.key] ?? press.key.toUpperCase()
  if (mac) return `${press.shift ? '⇧' : ''}${press.primary ? '⌘' : ''}${word}`
  return `${press.primary ? 'Ctrl+' : ''}${press.shift ? 'Shift+' : ''}${word}`
}

const mediaKeyNames: Readonly<Record<string, string>> = {
  ' ': 'Space',
  MediaPlay: 'Play key',
  MediaPause: 'Pause key',
  MediaStop: 'Stop key',
}
const keyNames: Readonly<Record<string, string>> = {
  ...mediaKeyNames,
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
}
const macKeyNames: Readonly<Record<string, string>> = {
  ...mediaKeyNames,
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

function entry(
  shortcut: Shortcut,
  label: string,
  keys: readonly KeyPress[],
  action: ShortcutAction,
): ShortcutEntry {
  return { shortcut, label, keys, action }
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
