/**
 * Tells whether the system has a device for sound, now and whenever one comes or goes. Without one Chromium plays a
 * song in silence, at its usual speed. Only for Skein's own window: other browsers name no device to a page that may
 * not use the microphone.
 */
export function observeAudioOutput(tell: (isThere: boolean) => void): void {
  const { mediaDevices } = navigator
  const look = async () => {
    const devices = await mediaDevices.enumerateDevices()
    tell(devices.some(({ kind }) => kind === 'audiooutput'))
  }
  const lookAgain = () => void look().catch(() => undefined)
  mediaDevices.addEventListener('devicechange', lookAgain)
  lookAgain()
}
