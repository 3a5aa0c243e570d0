import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mediaResponse } from '../../../electron/media/media-response.ts'
import { toSystemPath } from '../../../electron/platform/system-path.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder } from '../scratch.ts'

test.runIf(process.platform === 'linux')('a track whose name is not valid UTF-8 is served', async () => {
  const file = join(scratchFolder(), 'K\udce4se', 'S\udcf6ng.wav')
  mkdirSync(toSystemPath(join(file, '..')))
  const content = createWaveFile({ seconds: 1, hertz: 440 })
  writeFileSync(toSystemPath(file), content)
  const source = { trackFile: () => file, cover: async () => undefined }
  const response = await mediaResponse(new Request('http://host/media/1'), source)
  expect(response?.status).toBe(200)
  expect(Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(Buffer.from(content))
})
