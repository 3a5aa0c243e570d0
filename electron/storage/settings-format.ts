import * as v from 'valibot'
import { defaultSettings, type Settings } from '../../shared/host-api.ts'
import { libraryTabKinds } from '../../shared/library/library-list.ts'
import { trackColumnIds } from '../../shared/library/track-columns.ts'
import { soundSettingsSchema, storedSoundSettingsSchema } from './sound-settings-schema.ts'

/** What the library showed last; undefined before the first choice. */
export type LastLibrary =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'demo' }
  | undefined

/** What the listener heard last, by absolute paths. */
export interface LastSession {
  /** The current song, undefined for none. */
  readonly file?: string | undefined
  /** Seconds. */
  readonly position: number
  readonly queue: readonly string[]
}

/** The window's bounds in the screen's pixels; without a position if the system does not report it. */
export interface WindowBounds {
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly width: number
  readonly height: number
  readonly state: 'normal' | 'maximized' | 'fullscreen'
}

export interface SavedState {
  readonly settings: Settings
  readonly library: LastLibrary
  readonly session?: LastSession | undefined
  readonly window?: WindowBounds | undefined
}

export const defaultState: SavedState = { settings: defaultSettings, library: undefined }

/** What a page may save. */
export const settingsSchema = v.strictObject({
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  muted: v.boolean(),
  shuffle: v.boolean(),
  repeat: v.picklist(['off', 'all', 'one']),
  theme: v.picklist(['system', 'light', 'dark']),
  updates: v.boolean(),
  libraryTab: v.picklist(libraryTabKinds),
  trackColumns: v.pipe(
    v.array(v.picklist(trackColumnIds)),
    v.check((columns) => columns.includes('title') && new Set(columns).size === columns.length),
    v.readonly(),
  ),
  sound: soundSettingsSchema,
})

/** The file's format. A file with a higher version belongs to a newer Skein and is not overwritten. */
export const formatVersion = 1

const { entries } = settingsSchema
const path = v.pipe(v.string(), v.minLength(1))
const pixel = v.pipe(v.number(), v.integer())
const side = v.pipe(pixel, v.minValue(1))

/** Paths; what is not one is left out. */
const paths = v.pipe(
  v.array(v.unknown()),
  v.transform((values) => values.filter((value) => v.is(path, value))),
)

/** The file's content. Each value that is missing or wrong becomes its default, and takes no other with it. */
const fileSchema = v.object({
  version: v.fallback(v.number(), formatVersion),
  settings: v.fallback(
    v.object({
      volume: v.fallback(entries.volume, defaultSettings.volume),
      muted: v.fallback(entries.muted, defaultSettings.muted),
      shuffle: v.fallback(entries.shuffle, defaultSettings.shuffle),
      repeat: v.fallback(entries.repeat, defaultSettings.repeat),
      theme: v.fallback(entries.theme, defaultSettings.theme),
      updates: v.fallback(entries.updates, defaultSettings.updates),
      libraryTab: v.fallback(entries.libraryTab, defaultSettings.libraryTab),
      trackColumns: v.fallback(entries.trackColumns, defaultSettings.trackColumns),
      sound: storedSoundSettingsSchema,
    }),
    defaultSettings,
  ),
  library: v.fallback(
    v.optional(
      v.variant('kind', [
        v.object({ kind: v.literal('folder'), folder: path }),
        v.object({ kind: v.literal('demo') }),
      ]),
    ),
    undefined,
  ),
  session: v.fallback(
    v.optional(
      v.object({
        file: v.fallback(v.optional(path), undefined),
        position: v.fallback(v.pipe(v.number(), v.finite(), v.minValue(0)), 0),
        queue: v.fallback(paths, []),
      }),
    ),
    undefined,
  ),
  window: v.fallback(
    v.optional(
      v.object({
        x: v.fallback(v.optional(pixel), undefined),
        y: v.fallback(v.optional(pixel), undefined),
        width: side,
        height: side,
        state: v.fallback(v.picklist(['normal', 'maximized', 'fullscreen']), 'normal'),
      }),
    ),
    undefined,
  ),
})

export interface ParsedSettings {
  readonly state: SavedState
  /** Whether a newer Skein wrote the file. */
  readonly isNewer: boolean
}

/** Returns undefined for a text that is no settings at all. */
export function parseSettings(text: string): ParsedSettings | undefined {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return undefined
  }
  // An array is an object to the schema, too.
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined
  const { version, ...state } = v.parse(fileSchema, content)
  return { state: { ...defaultState, ...state }, isNewer: version > formatVersion }
}

export function serializeSettings(state: SavedState): string {
  return `${JSON.stringify({ version: formatVersion, ...state }, undefined, 2)}\n`
}

/** What a host has changed since it last saved. */
export interface StateChanges {
  readonly settings: Partial<Settings>
  readonly others: Partial<Omit<SavedState, 'settings'>>
}

export const noChanges: StateChanges = { settings: {}, others: {} }

/** Adds a change to `changes`. A setting counts only if it differs from the present one: a page sends all of them. */
export function addChange(
  changes: StateChanges,
  { settings, ...others }: Partial<SavedState>,
  present: SavedState,
): StateChanges {
  const changed = Object.entries(settings ?? {}).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(present.settings[key as keyof Settings]),
  )
  return {
    settings: { ...changes.settings, ...Object.fromEntries(changed) },
    others: { ...changes.others, ...others },
  }
}

export function applyChanges(state: SavedState, { settings, others }: StateChanges): SavedState {
  return { ...state, ...others, settings: { ...state.settings, ...settings } }
}
