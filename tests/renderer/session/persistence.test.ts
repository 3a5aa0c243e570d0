import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { persistListeningSession } from '../../../renderer/session/session-persistence.ts'
import { persistSettings, restoreSettings } from '../../../renderer/session/settings-persistence.ts'
import { changeEqualizer, changeSound } from '../../../renderer/session/sound/sound-actions.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import {
  defaultSettings,
  type HostApi,
  type ListeningSession,
  type Settings,
} from '../../../shared/host-api.ts'
import type { Command, PlayerState } from '../../../shared/player/messages.ts'

const stored: Settings = { ...defaultSettings, volume: 0.3, theme: 'dark', repeat: 'all' }
let savedSettings: Settings[]
let savedSessions: ListeningSession[]
let isHostReadable: boolean

let host: HostApi

/**
 * Returns a host that records the calls of saving and restoring. Its lists are new, because the listeners of
 * earlier tests still exist.
 */
function createHost(): HostApi {
  const settings: Settings[] = []
  const sessions: ListeningSession[] = []
  savedSettings = settings
  savedSessions = sessions
  return {
    settings: async () => {
      if (!isHostReadable) throw new Error('The settings cannot be read.')
      return stored
    },
    saveSettings: async (saved: Settings) => void settings.push(saved),
    saveSession: async (saved: ListeningSession) => void sessions.push(saved),
  } as unknown as HostApi
}

const changePlayer = (change: Partial<PlayerState>) =>
  useWindow.setState(({ player }) => ({ player: { ...player, ...change } }))

beforeEach(() => {
  host = createHost()
  isHostReadable = true
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => undefined)
  useWindow.setState(useWindow.getInitialState(), true)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('restored settings are shown and sent to the threads', async () => {
  const commands: Command[] = []
  expect(await restoreSettings(host, (command) => commands.push(command))).toEqual(stored)
  expect(commands).toEqual([{ kind: 'restore', volume: 0.3, muted: false, shuffle: false, repeat: 'all' }])
  expect(useWindow.getState().theme).toBe('dark')
  expect(useWindow.getState().player.volume).toBe(0.3)
})

test('settings that cannot be read leave the defaults, with the reason', async () => {
  isHostReadable = false
  expect(await restoreSettings(host, () => undefined)).toEqual(defaultSettings)
  expect(useWindow.getState().failure).toBe('The settings cannot be read.')
})

test('a dragged slider is saved once, a moment later', async () => {
  persistSettings(host, await restoreSettings(host, () => undefined))
  // The threads have applied the restored settings.
  changePlayer({ run: 1 })
  for (const volume of [0.4, 0.5, 0.6]) changePlayer({ volume })
  expect(savedSettings).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(savedSettings).toEqual([{ ...stored, volume: 0.6 }])
})

test('sound settings are restored and saved, and not sent with the settings of the player', async () => {
  const sound = { ...stored.sound, balance: 0.5 }
  const commands: Command[] = []
  const readable = { ...host, settings: async () => ({ ...stored, sound }) } as HostApi
  persistSettings(readable, await restoreSettings(readable, (command) => commands.push(command)))
  expect(useWindow.getState().sound).toEqual(sound)
  expect(commands[0]).not.toHaveProperty('sound')
  changePlayer({ run: 1 })
  changeSound({ crossfade: 5 })
  changeEqualizer({ isEnabled: true })
  await vi.advanceTimersByTimeAsync(1000)
  expect(savedSettings).toEqual([
    { ...stored, sound: { ...sound, crossfade: 5, equalizer: { ...sound.equalizer, isEnabled: true } } },
  ])
})

test('the state before the threads have applied the restored settings is not saved', async () => {
  persistSettings(host, await restoreSettings(host, () => undefined))
  changePlayer({ volume: 0.8 })
  changePlayer({ volume: 0.3 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(savedSettings).toEqual([])
})

test('an unsaved change is saved immediately when the page ends', async () => {
  const saveNow = persistSettings(host, await restoreSettings(host, () => undefined))
  changePlayer({ run: 1 })
  useWindow.setState({ theme: 'light' })
  await saveNow()
  expect(savedSettings).toEqual([{ ...stored, theme: 'light' }])
  await saveNow()
  expect(savedSettings).toHaveLength(1)
})

test('the listening session is saved when the song changes, and every few seconds while it plays', async () => {
  persistListeningSession(host)
  changePlayer({ track: 5, transport: 'playing', position: 0, positionAt: 0, duration: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(savedSessions.map(({ track }) => track)).toEqual([5])
  changePlayer({ position: 4 })
  await vi.advanceTimersByTimeAsync(6000)
  expect(savedSessions).toHaveLength(2)
})

test('an empty session never replaces the previous one', async () => {
  const saveNow = persistListeningSession(host)
  await saveNow()
  expect(savedSessions).toEqual([])
})

test('the tab and the columns of the library are saved and restored', async () => {
  persistSettings(host, await restoreSettings(host, () => undefined))
  changePlayer({ volume: stored.volume })
  useWindow.setState({ lastTab: 'albums', trackColumns: ['title', 'codec'] })
  await vi.advanceTimersByTimeAsync(500)
  expect(savedSettings.at(-1)).toMatchObject({ libraryTab: 'albums', trackColumns: ['title', 'codec'] })
  useWindow.setState(useWindow.getInitialState(), true)
  const next = { ...host, settings: async () => savedSettings.at(-1) ?? stored } as HostApi
  await restoreSettings(next, () => undefined)
  expect(useWindow.getState()).toMatchObject({ list: { kind: 'albums' }, trackColumns: ['title', 'codec'] })
})
