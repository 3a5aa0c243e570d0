import type { HostApi, Settings } from '../../shared/host-api.ts'
import { defaultSettings } from '../../shared/host-api.ts'
import type { Command } from '../../shared/player/messages.ts'
import { sentence } from './actions.ts'
import { useWindow } from './store.ts'

/** Milliseconds: a slider that is dragged is saved a few times, not a hundred. */
const saveAfter = 300

/** Milliseconds that the window waits for the threads to take the settings of the last session. */
const restoreWithin = 5_000

/** Gives the threads what the last session left, and resolves when the window shows it. */
export async function restoreSettings(host: HostApi, tell: (command: Command) => void): Promise<void> {
  let settings: Settings = defaultSettings
  try {
    settings = await host.settings()
  } catch (error) {
    useWindow.setState({ failure: sentence(error) })
  }
  const { theme, updates, ...rest } = settings
  useWindow.setState({ theme, updates })
  tell({ kind: 'restore', ...rest })
  await settled(rest)
}

/**
 * Resolves when the window shows the restored settings, so that what is saved next is not what was before; or after
 * a while, since a player with forgotten settings is better than none.
 */
function settled({ volume, muted, shuffle, repeat }: Omit<Settings, 'theme' | 'updates'>): Promise<void> {
  const isShown = () => {
    const { player } = useWindow.getState()
    return (
      Math.abs(player.volume - volume) < 1e-9 &&
      player.muted === muted &&
      player.shuffle === shuffle &&
      player.repeat === repeat
    )
  }
  return new Promise((resolve) => {
    if (isShown()) return resolve()
    const done = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    const stop = useWindow.subscribe(() => isShown() && done())
    const timer = setTimeout(done, restoreWithin)
  })
}

/** Saves what the user sets, a moment after the last change. The answer saves at once, and resolves when that is done. */
export function followSettings(host: HostApi): () => Promise<void> {
  let saved = JSON.stringify(presentSettings())
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const settings = presentSettings()
    saved = JSON.stringify(settings)
    await host.saveSettings(settings).catch((error) => useWindow.setState({ failure: sentence(error) }))
  }
  useWindow.subscribe(() => {
    if (timer === undefined && JSON.stringify(presentSettings()) !== saved)
      timer = setTimeout(() => void save(), saveAfter)
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
  return { volume, muted, shuffle, repeat, theme, updates }
}
