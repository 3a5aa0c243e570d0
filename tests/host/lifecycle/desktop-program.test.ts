import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { logPath } from '../../../electron/host/about.ts'
import { desktopProgram, logName } from '../../../electron/lifecycle/desktop-program.ts'
import { scratchFolder } from '../scratch.ts'

let data: string
let licences: string
let opened: string[]
/** What the system says after it was asked to open something: nothing, or why it cannot. */
let openFailure: string

beforeEach(() => {
  data = scratchFolder()
  licences = join(scratchFolder(), 'THIRD-PARTY-LICENSES.txt')
  opened = []
  openFailure = ''
  vi.stubEnv('SKEIN_DATA_DIR', data)
  onTestFinished(() => void vi.unstubAllEnvs())
})

function makeProgram() {
  const openPath = async (path: string) => {
    opened.push(path)
    return openFailure
  }
  const showItemInFolder = (path: string) => void opened.push(path)
  return desktopProgram({
    shell: { openPath, showItemInFolder },
    updates: () => ({ kind: 'current' }),
    licences,
  })
}

test('the licences can be shown only where a package has them', () => {
  expect(makeProgram().locations).toEqual(['data', 'log'])
  writeFileSync(licences, 'MIT')
  expect(makeProgram().locations).toEqual(['data', 'log', 'licences'])
})

test('the data folder, the log and the licences are opened by the system', async () => {
  const log = logPath(logName)
  mkdirSync(dirname(log), { recursive: true })
  for (const file of [log, licences]) writeFileSync(file, 'text')
  const program = makeProgram()
  for (const location of program.locations) await program.show(location)
  expect(opened).toEqual([data, log, licences])
})

test('a log that could not be written is reported, and nothing is opened', async () => {
  await expect(makeProgram().show('log')).rejects.toThrow(
    `There is no ${logPath(logName)}: nothing could be written there.`,
  )
  expect(opened).toEqual([])
})

test('a system that has no program to open something is reported', async () => {
  openFailure = 'No application found'
  await expect(makeProgram().show('data')).rejects.toThrow(
    `${data} could not be opened: open it in your file manager.`,
  )
})

test('a file is shown in the file manager, and one that is gone is reported', async () => {
  const file = join(data, 'song.mp3')
  writeFileSync(file, '')
  await makeProgram().showFile(file)
  expect(opened).toEqual([file])
  await expect(makeProgram().showFile(`${file}.gone`)).rejects.toThrow(
    `${file}.gone is not there any more, or cannot be read.`,
  )
  expect(opened).toEqual([file])
})
