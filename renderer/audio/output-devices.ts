import type { OutputDevice } from '../../shared/sound/sound-settings.ts'

/** What the system has for playing sound. */
export interface AudioOutputs {
  /** Without a device, Chromium plays in silence at normal speed. */
  readonly hasDevice: boolean
  /** The devices that can be chosen, without the system's default. */
  readonly devices: readonly OutputDevice[]
}

/**
 * Reports the output devices, now and after every change of devices. Only for Skein's own window: other browsers do not
 * list devices for a page that may not use the microphone.
 */
export function observeOutputDevices(onChange: (outputs: AudioOutputs) => void): void {
  const { mediaDevices } = navigator
  const checkDevices = async () => onChange(outputsOf(await mediaDevices.enumerateDevices()))
  const update = () => void checkDevices().catch(() => undefined)
  mediaDevices.addEventListener('devicechange', update)
  update()
}

/** Aliases of other devices, which follow the system's choice. */
const aliases = ['', 'default', 'communications']

export function outputsOf(
  devices: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
): AudioOutputs {
  const outputs = devices.filter(({ kind }) => kind === 'audiooutput')
  return {
    hasDevice: outputs.length > 0,
    devices: outputs
      .filter(({ deviceId }) => !aliases.includes(deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label })),
  }
}
