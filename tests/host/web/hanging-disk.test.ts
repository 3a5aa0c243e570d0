import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import { walk } from '../../../electron/library/walk.ts'
import { WebHost } from '../../../electron/web/web-host.ts'
import { defaultSettings } from '../../../shared/host-api.ts'
import { m } from '../../../shared/i18n/messages.js'
import { canHang, type HangingDisk, mountHangingDisk } from '../../fixtures/hanging-disk/hanging-disk.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'
import { until } from '../scratch.ts'

const songs = 12

/** The disk hangs while a track is open and the folder of the library has been scanned. */
describe.runIf(canHang)('a host whose disk has stopped to respond', () => {
  let folder: string
  let disk: HangingDisk
  let service: HostService
  let host: WebHost
  let address: URL

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skein-hanging-'))
    mkdirSync(join(folder, 'page'))
    writeFileSync(join(folder, 'page', 'index.html'), '<title>Skein</title>')
    disk = await mountHangingDisk()
    makeTones(disk.source, { count: songs, seconds: 0.05 })
    service = new HostService({ data: join(folder, 'data') })
    host = new WebHost(service, join(folder, 'page'))
    address = new URL(await host.listen(0))
    await service.start({ kind: 'open', paths: [disk.path] })
    await until(() => expect(service.library.opened).toBeDefined())
    await service.library.settled()
    expect(service.library.trackFile(songs)).toBeDefined()
    disk.hang()
  }, 60_000)

  afterAll(async () => {
    disk.remove()
    await host.close()
    await service.close()
    rmSync(folder, { recursive: true })
  })

  const get = (path: string) =>
    fetch(new URL(path + address.search, address), { signal: AbortSignal.timeout(20_000) })

  test('fails each request for a track with a sentence, and responds to all others', {
    timeout: 30_000,
  }, async () => {
    const tracks = Array.from({ length: songs }, (_, index) => get(`/media/${index + 1}`))
    expect((await get('/')).status).toBe(200)
    await service.settingsFile.change({ settings: { ...defaultSettings, theme: 'dark' } })
    expect(readFileSync(join(folder, 'data', 'settings.json'), 'utf8')).toContain('dark')
    for (const response of await Promise.all(tracks)) {
      expect(response.status).toBe(503)
      expect(await response.text()).toBe(`${m.host_disk_hangs()}\n`)
    }
    // The disk is known to hang by now.
    const start = performance.now()
    expect((await get('/media/1')).status).toBe(503)
    expect(performance.now() - start).toBeLessThan(4000)
  })

  test('ends a walk with a sentence', { timeout: 30_000 }, async () => {
    const problems = []
    for await (const walked of walk(disk.path, new AbortController().signal))
      problems.push(...walked.problems)
    expect(problems).toEqual([{ path: '.', reason: m.host_disk_hangs() }])
  })

  test('refuses to open and to scan a folder on it with a sentence', { timeout: 30_000 }, async () => {
    await expect(service.open(disk.path)).rejects.toThrow(m.host_disk_hangs())
    await expect(service.library.rescan()).rejects.toThrow(m.host_disk_hangs())
  })
})
