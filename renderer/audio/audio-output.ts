/**
 * Reports whether the system has an output device for sound, now and after every change of devices. Without
 * one, Chromium plays in silence at normal speed. Only for Skein's own window: other browsers do not list
 * devices for a page that may not use the microphone.
 */
export function observeAudioOutput(onChange: (hasOutputDevice: boolean) => void): void {
  const { mediaDevices } = navigator
  const checkDevices = async () => {
    const devices = await mediaDevices.enumerateDevices()
    onChange(devices.some(({ kind }) => kind === 'audiooutput'))
  }
  const update = () => void checkDevices().catch(() => undefined)
  mediaDevices.addEventListener('devicechange', update)
  update()
}
