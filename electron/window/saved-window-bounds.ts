import { app, type BrowserWindow, screen } from 'electron'
import type { WindowBounds } from '../storage/settings-format.ts'
import { fitBounds, type Size } from './window-bounds.ts'

/** Milliseconds after the last movement of a window until its bounds are saved. */
const saveDelay = 500

/** Returns the window's bounds for this start. Displays are known once the application is ready. */
export function restoreBounds(last: WindowBounds | undefined, minSize: Size): WindowBounds | undefined {
  if (last === undefined) return undefined
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
  const { x, y, ...size } = last
  return fitBounds(isPositionKnown() ? last : size, areas, minSize)
}

/** Saves the window's bounds after every change. The returned function saves them immediately. */
export function trackBounds(window: BrowserWindow, saveBounds: (bounds: WindowBounds) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (!window.isDestroyed()) saveBounds(readBounds(window))
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

/** Wayland neither reports a window's position nor lets it choose one. */
function isPositionKnown(): boolean {
  if (process.platform !== 'linux') return true
  const chosen = app.commandLine.getSwitchValue('ozone-platform')
  return chosen === '' ? process.env.XDG_SESSION_TYPE !== 'wayland' : chosen !== 'wayland'
}
