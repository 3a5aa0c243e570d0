import { errorMessage } from '../../shared/error-message.ts'
import type { HostApi, Settings } from '../../shared/host-api.ts'
import { defaultSettings } from '../../shared/host-api.ts'
import type { Command } from '../../shared/player/messages.ts'
import { useWindow } from '../store/window-store.ts'

/** Milliseconds: a slider that is dragged is saved a few times, not a hundred. */
const saveDelay = 300

/** Milliseconds after which settings are saved even if the threads never took those of the last session. */
const restoreTimeout = 5_000

/** Shows what the last session left, gives it to the threads, and answers it. */
export async function restoreSettings(host: HostApi, tell: (command: Command) => void): Promise<Settings> {
  let settings: Settings = defaultSettings
  try {
    settings = await host.settings()
  } catch (error) {
    useWindow.setState({ failure: errorMessage(error) })
  }
  const { theme, updates, ...rest } = settings
  useWindow.setState(({ player }) => ({ theme, updates, player: { ...player, ...rest } }))
  tell({ kind: 'restore', ...rest })
  return settings
}

/**
 * Saves what the user sets, a moment after the last change, once the threads have taken the settings that were
 * restored: before, they may tell what was before. The answer saves at once, and resolves when that is done.
 */
export function persistSettings(host: HostApi, restored: Settings): () => Promise<void> {
  let saved = JSON.stringify({ ...defaultSettings, ...restored })
  let isTaken = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const settings = currentSettings()
    saved = JSON.stringify(settings)
    await host.saveSettings(settings).catch((error) => useWindow.setState({ failure: errorMessage(error) }))
  }
  const saveSoon = (): void => {
    if (isTaken && timer === undefined && JSON.stringify(currentSettings()) !== saved)
      timer = setTimeout(() => void save(), saveDelay)
  }
  const shown = useWindow.getState().player
  const take = (): void => {
    isTaken = true
    saveSoon()
  }
  setTimeout(take, restoreTimeout)
  useWindow.subscribe(({ player }) => {
    if (!isTaken && player !== shown && JSON.stringify(currentSettings()) === saved) take()
    else saveSoon()
  })
  const saveRest = async (): Promise<void> => {
    if (timer !== undefined) await save()
  }
  addEventListener('pagehide', () => void saveRest(), { once: true })
  return saveRest
}

function currentSettings(): Settings {
  const { theme, updates, player } = useWindow.getState()
  const { volume, muted, shuffle, repeat } = player
  // In the order of what is read: the two are compared as text.
  return { ...defaultSettings, volume, muted, shuffle, repeat, theme, updates }
}
