import { afterEach, beforeEach, expect, test } from 'vitest'
import { outputsOf } from '../../../renderer/audio/output-devices.ts'
import { followOutputDevice } from '../../../renderer/session/sound/output-device.ts'
import { changeSound } from '../../../renderer/session/sound/sound-actions.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'

const dac = { id: 'dac', label: 'USB DAC' }
const speakers = { id: 'speakers', label: 'Speakers' }
const lost =
  'The output device USB DAC is not connected any more. Skein plays through the system’s output until it is back.'

let selected: string[]
let stop: () => void

beforeEach(() => {
  useWindow.setState(useWindow.getInitialState(), true)
  selected = []
})
afterEach(() => stop())

const follow = () => {
  stop = followOutputDevice((id) => selected.push(id))
}
const connect = (...outputDevices: { id: string; label: string }[]) => useWindow.setState({ outputDevices })

test('a chosen device is selected, and the system’s again', () => {
  connect(dac, speakers)
  follow()
  changeSound({ outputDevice: dac })
  changeSound({ mono: true })
  changeSound({ outputDevice: undefined })
  expect(selected).toEqual(['dac', ''])
  expect(useWindow.getState().failure).toBeUndefined()
})

test('the device of the last session is selected as soon as it is known to be connected', () => {
  changeSound({ outputDevice: dac })
  follow()
  expect(selected).toEqual([])
  connect(speakers)
  expect(selected).toEqual([])
  connect(speakers, dac)
  expect(selected).toEqual(['dac'])
  expect(useWindow.getState().failure).toBeUndefined()
})

test('a device that disappears is replaced by the system’s with one message, until it is back', () => {
  connect(dac, speakers)
  changeSound({ outputDevice: dac })
  follow()
  connect(speakers)
  expect(useWindow.getState().failure).toBe(lost)
  useWindow.setState({ failure: undefined })
  connect()
  connect(speakers)
  expect(useWindow.getState().failure).toBeUndefined()
  connect(speakers, dac)
  expect(selected).toEqual(['dac', '', 'dac'])
  expect(useWindow.getState().sound.outputDevice).toEqual(dac)
})

test('the devices to choose are the outputs without the aliases of the system’s', () => {
  const device = (kind: MediaDeviceKind, deviceId: string, label: string) => ({ kind, deviceId, label })
  const devices = [
    device('audioinput', 'microphone', 'Microphone'),
    device('audiooutput', 'default', 'Default'),
    device('audiooutput', 'communications', 'Communications'),
    device('audiooutput', 'dac', 'USB DAC'),
  ]
  expect(outputsOf(devices)).toEqual({ hasDevice: true, devices: [dac] })
  // A page that may not use the microphone sees that there is a device, but not which.
  expect(outputsOf([device('audiooutput', '', '')])).toEqual({ hasDevice: true, devices: [] })
  expect(outputsOf([device('audioinput', 'microphone', '')])).toEqual({ hasDevice: false, devices: [] })
})
