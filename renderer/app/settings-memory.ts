import type { HostApi, Settings } from '../../shared/host-api.ts'
import { defaultSettings } from '../../shared/host-api.ts'
import type { Command } from '../../shared/player/messages.ts'
import { sentence } from './actions.ts'
import { useWindow } from './store.ts'

/** Milliseconds: a slider that is dragged is saved a few times, not a hundred. */
const saveAfter = 300

/** Milliseconds after which settings are saved even if the threads never took those of the last session. */
const takenWithin = 5_000

/** Shows what the last session left, gives it to the threads, and answers it. */
export async function restoreSettings(host: HostApi, tell: (command: Command) => void): Promise<Settings> {
  let settings: Settings = defaultSettings
  try {
    settings = await host.settings()
  } catch (error) {
    useWindow.setState({ failure: sentence(error) })
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
export function followSettings(host: HostApi, restored: Settings): () => Promise<void> {
  let saved = JSON.stringify({ ...defaultSettings, ...restored })
  let isTaken = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const settings = presentSettings()
    saved = JSON.stringify(settings)
    await host.saveSettings(settings).catch((error) => useWindow.setState({ failure: sentence(error) }))
  }
  const saveSoon = (): void => {
    if (isTaken && timer === undefined && JSON.stringify(presentSettings()) !== saved)
      timer = setTimeout(() => void save(), saveAfter)
  }
  const shown = useWindow.getState().player
  const take = (): void => {
    isTaken = true
    saveSoon()
  }
  setTimeout(take, takenWithin)
  useWindow.subscribe(({ player }) => {
    if (!isTaken && player !== shown && JSON.stringify(presentSettings()) === saved) take()
    else saveSoon()
  })
  const saveRest = async (): Promise<void> => {
    if (timer !== undefined) await save()
  }
  addEventListener('pagehide', () => void saveRest(), { once: true })
  return saveRest
}

function presentSettings(): Settings {
  const { theme, updates, player } = useWindow.getState()
  const { volume, muted, shuffle, repeat } = player
  // In the order of what is read: the two are compared as text.
  return { ...defaultSettings, volume, muted, shuffle, repeat, theme, updates }
}
