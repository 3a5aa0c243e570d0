import { errorMessage } from '../../shared/error-message.ts'
import type { HostApi, Settings } from '../../shared/host-api.ts'
import { defaultSettings } from '../../shared/host-api.ts'
import type { LibraryList, LibraryTabKind } from '../../shared/library/library-list.ts'
import type { Command } from '../../shared/player/messages.ts'
import { useWindow } from '../store/window-store.ts'

/** Milliseconds. Dragging a slider saves a few times, not a hundred. */
const saveDelay = 300

/** Milliseconds after which settings are saved even if the threads never applied the restored ones. */
const restoreTimeout = 5_000

/** Reads the saved settings, shows them, sends them to the threads, and returns them. */
export async function restoreSettings(host: HostApi, send: (command: Command) => void): Promise<Settings> {
  let settings: Settings = defaultSettings
  try {
    settings = await host.settings()
  } catch (error) {
    useWindow.setState({ failure: errorMessage(error) })
  }
  const { theme, updates, libraryTab, trackColumns, sound, ...playerSettings } = settings
  useWindow.setState(({ player }) => ({
    theme,
    updates,
    trackColumns,
    sound,
    list: listOfTab(libraryTab),
    lastTab: libraryTab,
    player: { ...player, ...playerSettings },
  }))
  send({ kind: 'restore', ...playerSettings })
  return settings
}

/** Returns the list that a tab shows. */
const listOfTab = (tab: LibraryTabKind): LibraryList =>
  tab === 'folder' ? { kind: 'folder', path: '' } : { kind: tab }

/**
 * Saves the user's settings shortly after the last change. Begins once the threads have applied the restored
 * settings, because the state before that contains the defaults. Returns a function that saves immediately
 * and resolves when that is done.
 */
export function persistSettings(host: HostApi, restored: Settings): () => Promise<void> {
  let saved = JSON.stringify({ ...defaultSettings, ...restored })
  let areApplied = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const settings = currentSettings()
    saved = JSON.stringify(settings)
    await host.saveSettings(settings).catch((error) => useWindow.setState({ failure: errorMessage(error) }))
  }
  const saveSoon = (): void => {
    if (areApplied && timer === undefined && JSON.stringify(currentSettings()) !== saved)
      timer = setTimeout(() => void save(), saveDelay)
  }
  const shown = useWindow.getState().player
  const beginSaving = (): void => {
    areApplied = true
    saveSoon()
  }
  setTimeout(beginSaving, restoreTimeout)
  useWindow.subscribe(({ player }) => {
    if (!areApplied && player !== shown && JSON.stringify(currentSettings()) === saved) beginSaving()
    else saveSoon()
  })
  const savePending = async (): Promise<void> => {
    if (timer !== undefined) await save()
  }
  addEventListener('pagehide', () => void savePending(), { once: true })
  return savePending
}

function currentSettings(): Settings {
  const { theme, updates, lastTab: libraryTab, trackColumns, sound, player } = useWindow.getState()
  const { volume, muted, shuffle, repeat } = player
  // The keys are in the order of the settings that were read: both are compared as text.
  return {
    ...defaultSettings,
    volume,
    muted,
    shuffle,
    repeat,
    theme,
    updates,
    libraryTab,
    trackColumns,
    sound,
  }
}
