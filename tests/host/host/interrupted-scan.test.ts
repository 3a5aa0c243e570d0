import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import type { LaunchRequest } from '../../../electron/host/launch-request.ts'
import type { HostEvent } from '../../../shared/host-api.ts'
import { copyFixtures } from '../../fixtures/make-libraries.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'

const program = fileURLToPath(new URL('scanning-host.ts', import.meta.url))

let data: string
let music: string

beforeEach(() => {
  data = scratchFolder()
  music = scratchFolder()
  copyFixtures('tones', ['tone.mp3', 'tone.ogg'], music)
})

/** Starts a host in a process of its own. Resolves when it scans the folder. */
async function startScanning(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, data, music], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

async function crashWhileScanning(): Promise<void> {
  const child = await startScanning()
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Fills the data folder like a host that crashed while it scanned the folder `scanned`. */
function leaveAfterCrash(scanned = music, state: object = {}, pid = 99_999_999): void {
  const settings = { version: 1, library: { kind: 'folder', folder: music }, ...state }
  writeFileSync(join(data, 'settings.json'), JSON.stringify(settings))
  writeFileSync(join(data, `scan-${pid}.json`), JSON.stringify({ folder: scanned }))
}

async function start(request: LaunchRequest = { kind: 'show' }) {
  const service = new HostService({ data })
  onTestFinished(async () => void (await service.close()))
  await service.start(request)
  const events: HostEvent[] = []
  onTestFinished(service.events.subscribe((event) => void events.push(event)))
  const libraries = () => events.filter(({ kind }) => kind === 'library')
  return { service, events, libraries }
}

const question = () => ({ kind: 'library', folder: undefined, demo: false, interrupted: basename(music) })
const library = (folder = music) => ({ kind: 'library', folder: basename(folder), demo: false })
const markers = () => readdirSync(data).filter((name) => name.startsWith('scan-'))

async function expectOpened({ libraries, events }: Awaited<ReturnType<typeof start>>): Promise<void> {
  await until(() => expect(libraries().at(-1)).toEqual(library()))
  await until(() => expect(events.flatMap(tracksOfEvent)).toHaveLength(2))
  await until(() => expect(markers()).toEqual([]))
}

test('a start after a crash asks before it opens the folder again, until the user has decided', async () => {
  await crashWhileScanning()
  expect(markers()).toHaveLength(1)
  for (let round = 1; round <= 2; round++) {
    const { service, libraries, events } = await start()
    await until(() => expect(libraries()).toEqual([question()]))
    await service.close()
    expect(service.library.opened).toBeUndefined()
    expect(events.flatMap(tracksOfEvent)).toEqual([])
  }
  const asking = await start()
  expect(await asking.service.call('reopenFolder', [])).toEqual({ ok: true, value: undefined })
  await expectOpened(asking)
  await asking.service.close()
  const next = await start()
  await expectOpened(next)
  expect(next.libraries()).not.toContainEqual(question())
}, 60_000)

test('the folder that is opened again has its last song', async () => {
  leaveAfterCrash(music, { session: { file: join(music, 'tone.ogg'), position: 1, queue: [] } })
  const { service, events, libraries } = await start()
  await until(() => expect(libraries()).toEqual([question()]))
  await service.call('reopenFolder', [])
  await until(() => expect(events.map(({ kind }) => kind)).toContain('resume'))
})

test('another folder is the answer, too', async () => {
  leaveAfterCrash()
  const other = scratchFolder()
  const { service, libraries } = await start()
  await until(() => expect(libraries()).toEqual([question()]))
  await service.open(other)
  await until(() => expect(libraries().at(-1)).toEqual(library(other)))
  await until(() => expect(markers()).toEqual([]))
})

test('a folder that cannot be opened again leaves the question', async () => {
  const gone = join(music, 'gone')
  leaveAfterCrash(gone, { library: { kind: 'folder', folder: gone } })
  const { service, libraries } = await start()
  expect(await service.call('reopenFolder', [])).toMatchObject({ ok: false })
  await until(() => expect(libraries()).toEqual([{ ...question(), interrupted: 'gone' }]))
  expect(markers()).toHaveLength(1)
})

test('a folder on the command line is opened at once, without a question', async () => {
  leaveAfterCrash()
  const started = await start({ kind: 'open', paths: [music] })
  await expectOpened(started)
  expect(started.libraries()).not.toContainEqual(question())
})

test('files on the command line play, and the folder stays closed', async () => {
  leaveAfterCrash()
  const { service, events } = await start({ kind: 'open', paths: [join(music, 'tone.mp3')] })
  await until(() => expect(events.map(({ kind }) => kind)).toContain('play'))
  expect(service.library.opened).toBeUndefined()
  expect(markers()).toHaveLength(1)
})

test('a start opens the last folder if the crash was in another one', async () => {
  leaveAfterCrash(scratchFolder())
  await expectOpened(await start())
})

test('a start opens the last folder after an orderly end during its scan', async () => {
  const child = await startScanning()
  expect(markers()).toEqual([`scan-${child.pid}.json`])
  child.stdin?.write('\n')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(markers()).toEqual([])
  await expectOpened(await start())
})

// The process may end before anything that is awaited has happened.
test.each([
  ['the final save', (service: HostService) => service.requestFinalSave(0)],
  ['the close', (service: HostService) => service.close()],
])('%s removes the marker before it waits for anything', async (_name, end) => {
  const service = new HostService({ data, waitsForPage: true })
  onTestFinished(async () => void (await service.close()))
  await service.open(music)
  expect(markers()).toEqual([`scan-${process.pid}.json`])
  const ending = end(service)
  expect(markers()).toEqual([])
  await ending
})

test('a start opens the folder that another running host scans, and leaves its marker', async () => {
  const child = await startScanning()
  const { service, libraries } = await start()
  await until(() => expect(libraries().at(-1)).toEqual(library()))
  await service.library.settled()
  expect(markers()).toEqual([`scan-${child.pid}.json`])
})

test.each(['', '{', '{"folder": 5}', 'null'])('a marker that contains %j does no harm', async (content) => {
  leaveAfterCrash()
  writeFileSync(join(data, markers()[0] ?? ''), content)
  await expectOpened(await start())
})

test('a marker with the number of the new process is one of a crashed process', async () => {
  leaveAfterCrash(music, {}, process.pid)
  const { service, libraries } = await start()
  await until(() => expect(libraries()).toEqual([question()]))
  await service.close()
  expect(markers()).toContain(`scan-${process.pid}.json`)
})
