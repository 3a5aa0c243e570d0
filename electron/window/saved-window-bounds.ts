import { app, type BrowserWindow, screen } from 'electron'
import type { WindowBounds } from '../storage/settings-file.ts'
import { fitBounds, type Size } from './window-bounds.ts'

/** Milliseconds: a window that is dragged is saved once it rests. */
const saveDelay = 500

/** Where the window goes at this start. Displays are known once the application is ready. */
export function restoreBounds(last: WindowBounds | undefined, least: Size): WindowBounds | undefined {
  if (last === undefined) return undefined
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
  const { x, y, ...size } = last
  return fitBounds(isPositionKnown() ? last : size, areas, least)
}

/** Tells where the window is whenever that has changed. The answer tells it at once. */
export function trackBounds(window: BrowserWindow, tell: (place: WindowBounds) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (!window.isDestroyed()) tell(readBounds(window))
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, saveDelay)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('enter-full-screen', saveSoon)
  window.on('leave-full-screen', saveSoon)
  return save
}

function readBounds(window: BrowserWindow): WindowBounds {
  const { x, y, width, height } = window.getNormalBounds()
  const full = window.isFullScreen() ? 'fullscreen' : undefined
  const state = full ?? (window.isMaximized() ? 'maximized' : 'normal')
  return { ...(isPositionKnown() && { x, y }), width, height, state }
}

/** Wayland neither tells a window its place nor lets it choose one. */
function isPositionKnown(): boolean {
  if (process.platform !== 'linux') return true
  const chosen = app.commandLine.getSwitchValue('ozone-platform')
  return chosen === '' ? process.env.XDG_SESSION_TYPE !== 'wayland' : chosen !== 'wayland'
}
