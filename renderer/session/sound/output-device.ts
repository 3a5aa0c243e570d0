import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { AudioSink } from '../../audio/audio-sink.ts'
import { observeOutputDevices } from '../../audio/output-devices.ts'
import { useWindow, type WindowState } from '../../store/window-store.ts'

/** Shows the output devices, and plays through the chosen one. Only for Skein's own window: see `observeOutputDevices`. */
export async function connectOutputDevices(sink: Promise<AudioSink>): Promise<void> {
  observeOutputDevices(({ hasDevice, devices }) =>
    useWindow.setState({ hasSoundDevice: hasDevice, outputDevices: devices }),
  )
  const output = await sink
  followOutputDevice((deviceId) => output.selectDevice(deviceId))
}

/** The system's output, for `setSinkId`. */
const systemOutput = ''

/**
 * Passes the output device to `select` now and whenever it changes: the chosen device while it is connected, else the
 * system's. Says once in the window that the chosen one has disappeared. Returns a function that stops this.
 */
export function followOutputDevice(select: (deviceId: string) => void): () => void {
  let selected = systemOutput
  const update = (state: WindowState): void => {
    const { outputDevice } = state.sound
    const isMissing = isOutputDeviceMissing(state)
    const deviceId = isMissing ? systemOutput : (outputDevice?.id ?? systemOutput)
    if (deviceId === selected) return
    if (isMissing && outputDevice?.id === selected)
      useWindow.setState({ failure: m.sound_device_lost({ device: isolate(outputDevice.label) }) })
    selected = deviceId
    select(deviceId)
  }
  const unsubscribe = useWindow.subscribe((state, previous) => {
    if (
      state.sound.outputDevice !== previous.sound.outputDevice ||
      state.outputDevices !== previous.outputDevices
    )
      update(state)
  })
  update(useWindow.getState())
  return unsubscribe
}

/** Whether the user has chosen a device that is not connected, or not known to be. */
function isOutputDeviceMissing({ sound: { outputDevice }, outputDevices }: WindowState): boolean {
  return outputDevice !== undefined && !outputDevices?.some(({ id }) => id === outputDevice.id)
}
