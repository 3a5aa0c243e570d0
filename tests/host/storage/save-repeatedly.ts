/** Saves settings many times: `save-repeatedly FILE VOLUME`. Prints what was reported as failed. */
import { SettingsFile } from '../../../electron/storage/settings-file.ts'
import { defaultSettings } from '../../../shared/host-api.ts'

const [path = '', volume] = process.argv.slice(2)
const file = new SettingsFile(path, (message) => console.log(message))
const queue = Array.from({ length: 5000 }, (_, index) => `/music/${index}.mp3`)
await file.read()
for (let round = 0; round < 20; round++)
  await file.change({
    settings: { ...defaultSettings, volume: Number(volume) },
    session: { position: 0, queue },
  })
