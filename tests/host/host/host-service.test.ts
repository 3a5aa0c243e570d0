import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { HostService, type HostServiceOptions } from '../../../electron/host/host-service.ts'
import { defaultSettings, type HostEvent } from '../../../shared/host-api.ts'
import { copyFixtures } from '../../fixtures/make-libraries.ts'
import { canForbidWriting, readOnlyFolder, scratchFolder, until } from '../scratch.ts'

function makeService(options: HostServiceOptions = {}) {
  const data = scratchFolder()
  const service = new HostService({ data, waitsForPage: true, ...options })
  onTestFinished(async () => void (await service.close()))
  const saved = () => JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'))
  return { service, data, saved }
}

function follow(service: HostService): HostEvent[] {
  const events: HostEvent[] = []
  onTestFinished(service.events.subscribe((event) => void events.push(event)))
  return events
}

const loud = { ...defaultSettings, volume: 0.9 }

describe('the final save', () => {
  test('is over when the page has saved, and everything is on disk when the service is closed', async () => {
    const { service, saved } = makeService()
    await service.start({ kind: 'show' })
    onTestFinished(
      service.events.subscribe(async ({ kind }) => {
        if (kind !== 'ending') return
        // Like a page: it waits for what it saves before it acknowledges.
        await service.call('saveSettings', [loud])
        await service.call('acknowledgeShutdown', [])
      }),
    )
    await service.requestFinalSave(20_000)
    await service.close()
    expect(saved().settings).toEqual(loud)
  })

  test('of a page that hangs is over after the timeout', async () => {
    const { service } = makeService()
    const events = follow(service)
    await until(() => expect(events).not.toEqual([]))
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let isOver = false
    void service.requestFinalSave(1_500).then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(1_499)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver).toBe(true)
  })

  test('includes a change that is still being written', async () => {
    const { service, saved } = makeService()
    void service.call('saveSettings', [{ ...loud, volume: 0.1 }])
    void service.call('saveSettings', [loud])
    await service.close()
    expect(saved().settings).toEqual(loud)
  })

  test('includes a change even if the threads cannot be ended', async () => {
    const { service, saved } = makeService()
    vi.spyOn(service.library, 'stopScan').mockImplementationOnce(() => {
      throw new Error('no scan')
    })
    void service.call('saveSettings', [loud])
    await expect(service.close()).rejects.toThrow('no scan')
    expect(saved().settings).toEqual(loud)
  })

  test('includes the settings even if what receives them in the window fails', async () => {
    const { service, saved } = makeService()
    service.onSettings = () => {
      throw new Error('no theme')
    }
    expect(await service.call('saveSettings', [loud])).toMatchObject({ ok: false })
    await service.close()
    expect(saved().settings).toEqual(loud)
  })
})

describe('a call', () => {
  test('that is not valid returns one sentence, and changes nothing', async () => {
    const { service } = makeService()
    expect(await service.call('saveSettings', [{ volume: 'loud' }])).toEqual({
      ok: false,
      message: 'This page is out of date. Reload it.',
    })
    expect(service.settingsFile.state.settings).toEqual(defaultSettings)
  })

  test('that fails unexpectedly returns one sentence with the reason', async () => {
    const dialog = async () => {
      throw new Error('no display')
    }
    const { service } = makeService({ dialog })
    expect(await service.call('chooseFolder', [])).toEqual({
      ok: false,
      message: "Something in Skein's host failed (no display): try again.",
    })
  })

  test('for the folder dialog of a host without one says what to do', async () => {
    const { service } = makeService()
    expect(await service.call('chooseFolder', [])).toEqual({
      ok: false,
      message: 'This host has no folder dialog: choose a folder in the list.',
    })
  })

  test('for the folder dialog returns whether a folder was chosen, which is remembered', async () => {
    const music = scratchFolder()
    let chosen: string | undefined
    const { service, saved } = makeService({ dialog: async () => chosen })
    expect(await service.call('chooseFolder', [])).toEqual({ ok: true, value: false })
    chosen = music
    expect(await service.call('chooseFolder', [])).toEqual({ ok: true, value: true })
    expect(saved().library).toEqual({ kind: 'folder', folder: music })
  })

  test('for a thread that has ended says so', async () => {
    const { service } = makeService()
    expect(await service.call('controlThread', [63, { kind: 'pause' }])).toEqual({ ok: true, value: 'ended' })
  })
})

test('a session is remembered by its files: unknown numbers of a page are left out', async () => {
  const music = scratchFolder()
  copyFixtures('tones', ['tone.mp3', 'tone.ogg'], music)
  const { service, saved } = makeService()
  const events = follow(service)
  await service.start({ kind: 'open', paths: [join(music, 'tone.mp3'), join(music, 'tone.ogg')] })
  await until(() => expect(events.map(({ kind }) => kind)).toContain('play'))
  const play = events.find((event) => event.kind === 'play')
  const [first = 0, second = 0] = play?.tracks ?? []
  await service.call('saveSession', [{ track: first, position: 2, queue: [second, 99] }])
  expect(saved().session).toEqual({
    file: join(music, 'tone.mp3'),
    position: 2,
    queue: [join(music, 'tone.ogg')],
  })
  await service.call('saveSession', [{ track: 99, position: 0, queue: [] }])
  expect(saved().session).toEqual({ position: 0, queue: [] })
})

test('a start with settings that cannot be read publishes that to the first page', async () => {
  const { service, data } = makeService()
  writeFileSync(join(data, 'settings.json'), '{')
  await service.start({ kind: 'show' })
  const events = follow(service)
  await until(() =>
    expect(events).toContainEqual({
      kind: 'failure',
      message: `The settings in ${join(data, 'settings.json')} are damaged. Skein starts with its defaults and keeps the damaged file as settings.json.broken.`,
    }),
  )
})

test.runIf(canForbidWriting)('a data folder that is read-only is reported in one sentence', async () => {
  const data = readOnlyFolder()
  const service = new HostService({ data })
  onTestFinished(async () => void (await service.close()))
  const events = follow(service)
  await service.start({ kind: 'show' })
  expect(await service.database.opened).toEqual({ kind: 'memory', reason: 'forbidden' })
  await until(() => expect(events).not.toEqual([]))
  expect(events.flatMap((event) => (event.kind === 'failure' ? event.message : []))).toEqual([
    `The settings and the library cannot be saved in ${data}, because Skein has no permission to write there. Changes last until Skein is closed.`,
  ])
})

test('what was requested of the database before the end is stored, and the file closed', async () => {
  const { service, data } = makeService({ waitsForPage: false })
  await service.start({ kind: 'show' })
  await service.database.opened
  const requests = Array.from({ length: 30 }, (_, index) =>
    service.database.request('addFolder', { path: `/music/${index}`, isDemo: false }),
  )
  // The service allows it a second, which a busy machine may not have.
  expect(await service.database.close(20_000)).toBe(true)
  await service.close()
  expect(await Promise.all(requests)).toHaveLength(30)
  // SQLite removes its journal when the last connection is closed.
  expect(existsSync(join(data, 'library.db'))).toBe(true)
  expect(existsSync(join(data, 'library.db-wal'))).toBe(false)
})
