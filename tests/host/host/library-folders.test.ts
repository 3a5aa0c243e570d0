import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import type { HostEvent } from '../../../shared/host-api.ts'
import type { LibraryFolder } from '../../../shared/library/library-folder.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../scratch.ts'

test('a page adds, removes and leaves out folders by their numbers, and gets their states', async () => {
  const data = scratchFolder()
  const music = scratchFolder()
  const more = scratchFolder()
  mkdirSync(join(music, 'spoken'))
  writeFileSync(join(music, '1.wav'), createWaveFile({ seconds: 0.1, hertz: 200 }))
  writeFileSync(join(music, 'spoken/2.wav'), createWaveFile({ seconds: 0.1, hertz: 300 }))
  writeFileSync(join(more, '3.wav'), createWaveFile({ seconds: 0.1, hertz: 400 }))
  const service = new HostService({ data, dialog: async () => more })
  onTestFinished(async () => void (await service.close()))
  let folders: readonly LibraryFolder[] = []
  const listen = (event: HostEvent) => {
    if (event.kind === 'folders') folders = event.folders
  }
  onTestFinished(service.events.subscribe(listen))
  await service.start({ kind: 'show' })
  await service.open(music)
  const summary = () => folders.map(({ path, trackCount, state }) => ({ path, trackCount, state }))
  const both = [
    { path: music, trackCount: 2, state: 'present' },
    { path: more, trackCount: 1, state: 'present' },
  ]
  await until(() => expect(summary()).toEqual(both.slice(0, 1)))
  await until(() => expect(folders[0]?.checkedAt).toBeGreaterThan(0))

  expect(await service.call('addFolder', [])).toEqual({ ok: true, value: true })
  await until(() => expect(summary()).toEqual(both))

  const [first] = folders
  const listing = (await service.call('listFolders', [first?.id])) as { value: { folders: { id: number }[] } }
  const spoken = listing.value.folders[0]?.id ?? 0
  expect(await service.call('excludeFolder', [spoken])).toMatchObject({ ok: true })
  await until(() =>
    expect(folders[0]).toMatchObject({ trackCount: 1, excluded: [{ id: spoken, path: 'spoken' }] }),
  )
  // A page that comes later gets them too.
  folders = []
  onTestFinished(service.events.subscribe(listen))
  await until(() => expect(folders).toHaveLength(2))
  expect(await service.call('includeFolder', [spoken])).toMatchObject({ ok: true })
  await until(() => expect(summary()).toEqual(both))

  expect(await service.call('removeFolder', [first?.id])).toMatchObject({ ok: true })
  await until(() => expect(summary()).toEqual(both.slice(1)))
  const saved = () => JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8')).library
  expect(saved()).toEqual({ kind: 'folder', folder: more })
  expect(await service.call('removeFolder', [folders[0]?.id])).toMatchObject({ ok: true })
  await until(() => expect(folders).toEqual([]))
  expect(saved()).toBeUndefined()
  expect(await service.call('addFolder', [999])).toMatchObject({ ok: false })
})
