import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brokenFiles } from '../fixtures/fixture-files.ts'
import { encodeId3Tag } from '../fixtures/id3-tag.ts'
import { copyFixtures, makeOddNames, makeTones } from '../fixtures/make-libraries.ts'
import { createWaveFile } from '../fixtures/wave-file.ts'
import { answerFolderDialog, PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('odd names: every song is found once and plays, despite a link to the parent folder', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('odd')
  const { playable } = makeOddNames(folder)
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(playable.length)
  const titles = await window.recordTitles()
  const notices = await window.recordNotices()
  await window.playAll()
  await expect.poll(async () => (await titles()).length, { timeout: 45_000 }).toBe(playable.length)
  await expect(window.control('Play')).toBeVisible()
  expect((await titles()).toSorted()).toEqual(playable.map((_, index) => `Odd ${index + 1}`).toSorted())
  expect(await notices()).toEqual([])
})

test('files without tags are shown by their names', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('names')
  const names = [
    '100% & #1 "hit"?',
    'two\nlines',
    'emoji 🧶👩‍👩‍👧',
    'مقطوعة عربية',
    '<b>bold &amp;',
    `${'long '.repeat(49)}`.trim(),
  ]
  for (const name of names)
    writeFileSync(join(folder, `${name}.wav`), createWaveFile({ seconds: 30, hertz: 330 }))
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(names.length)
  const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
  const shown = (await window.titles()).map(inOneLine)
  expect(shown.toSorted()).toEqual(names.map(inOneLine).toSorted())
  const bold = window.tracks.getByRole('row').filter({ hasText: '<b>bold' })
  await bold.dblclick()
  await window.expectNowPlaying('<b>bold &amp;')
  await window.expectMoving()
})

test('the problems dialog lists every unreadable file with the reason', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('broken')
  makeTones(folder, { count: 2 })
  copyFixtures('broken', brokenFiles, join(folder, 'broken'))
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(2)
  await window.button('4 files could not be read').click()
  const dialog = window.page.getByRole('dialog', { name: '4 files could not be read' })
  const problem = (name: string) => dialog.getByRole('listitem').filter({ hasText: `broken/${name}` })
  await expect(dialog.getByRole('listitem')).toHaveCount(4)
  await expect(problem('empty.mp3')).toContainText('The file is empty: copy or download it again.')
  await expect(problem('text.mp3')).toContainText('The file contains no audio that Skein knows')
  await expect(problem('cut.flac')).toContainText(/damaged or cut short|no audio/)
  await expect(problem('cut.m4a')).toContainText(/damaged or cut short|no audio/)
  await window.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(window.button('4 files could not be read')).toBeFocused()
})

test.describe('a file that changed between scan and play', () => {
  const notice = (title: string, reason: string) => `“${title}” cannot be played. ${reason}`

  test('deleted: the notice gives the reason, and the next song plays', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const [, second, third] = makeTones(folder, { count: 5, seconds: 30 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(5)
    for (const tone of [second, third]) rmSync(join(folder, tone?.path ?? ''))
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0004')
    await window.expectMoving()
    await expect(window.notices).toHaveText(notice('Tone 0003', 'The file is gone or cannot be read.'))

    // Next and Previous skip only songs that cannot be played.
    await window.row('Tone 0001').dblclick()
    await window.expectNowPlaying('Tone 0001')
    await window.expectMoving()
    await window.control('Next').click()
    await window.expectNowPlaying('Tone 0004')
    await window.expectMoving()
    await window.control('Previous').click()
    await window.expectNowPlaying('Tone 0001')
  })

  test('deleted while the song before it plays: it is skipped at that song’s end', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const tones = makeTones(folder, { count: 4, seconds: 1.5 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(4)
    const titles = await window.recordTitles()
    await window.row('Tone 0001').dblclick()
    await window.expectNowPlaying('Tone 0001')
    rmSync(join(folder, tones[2]?.path ?? ''))
    await expect.poll(async () => (await titles()).at(-1)).toBe('Tone 0004')
    expect((await titles()).filter((title) => title !== 'Tone 0003')).toEqual([
      'Tone 0001',
      'Tone 0002',
      'Tone 0004',
    ])
    await expect(window.notices).toHaveText(notice('Tone 0003', 'The file is gone or cannot be read.'))
    await expect(window.control('Play')).toBeVisible()
  })

  test('emptied, or turned into text: the notice gives the right reason', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const [first, , third] = makeTones(folder, { count: 4, seconds: 30 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(4)
    truncateSync(join(folder, first?.path ?? ''), 0)
    writeFileSync(join(folder, third?.path ?? ''), 'This is no music at all.\n'.repeat(100))
    await window.row('Tone 0001').dblclick()
    await expect(window.notices).toHaveText(notice('Tone 0001', 'This file is empty.'))
    await window.expectNowPlaying('Tone 0002')
    await window.expectMoving()
    await window.row('Tone 0003').dblclick()
    await expect(window.notices).toHaveText(notice('Tone 0003', 'The sound of this file cannot be decoded.'))
    await window.expectNowPlaying('Tone 0004')
    await window.expectMoving()
  })

  test('truncated: the remaining part plays, and the next song follows', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const complete = createWaveFile({
      seconds: 4,
      hertz: 330,
      id3: encodeId3Tag({ title: 'Cut', artist: 'A', number: 1 }),
    })
    writeFileSync(join(folder, '1.wav'), complete.subarray(0, complete.length / 2))
    const other = createWaveFile({
      seconds: 30,
      hertz: 440,
      id3: encodeId3Tag({ title: 'Whole', artist: 'A', number: 2 }),
    })
    writeFileSync(join(folder, '2.wav'), other)
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(2)
    await window.row('Cut').dblclick()
    await window.expectNowPlaying('Cut')
    await window.expectNowPlaying('Whole')
    await window.expectMoving()
  })

  test('all deleted: one notice appears, playback stops, and a rescan marks them as not available', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const tones = makeTones(folder, { count: 3 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(3)
    for (const { path } of tones) rmSync(join(folder, path))
    await window.control('Repeat').click()
    await window.row('Tone 0002').dblclick()
    await expect(window.notices).toHaveText(
      'None of these songs can be played. Check that the files still exist, then rescan the folder.',
    )
    await expect(window.control('Play')).toBeVisible()
    await window.button('Rescan').click()
    // The watcher may have seen the files disappear one by one.
    const reason = /Its folder or disk is not available\.|The file is missing from its folder\./
    for (const { title } of tones) await expect(window.row(title)).toContainText(reason)
  })
})

test.describe('a folder', () => {
  test('that is empty is reported, with a next step', async ({ openSkein, temporaryFolder }) => {
    const window = new PlayerWindow(await openSkein({ folder: temporaryFolder('empty') }))
    await expect(window.page.getByRole('heading', { name: 'No music in this folder.' })).toBeVisible()
    await expect(window.button('Choose another folder…')).toBeEnabled()
    await expect(window.button('Play all')).toBeDisabled()
    await expect(window.control('Play')).toBeDisabled()
  })

  test('in which nothing can be read is reported, with the reason', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('broken')
    copyFixtures('broken', ['text.mp3', 'empty.mp3'], folder)
    const window = new PlayerWindow(await openSkein({ folder }))
    await expect(window.page.getByRole('heading', { name: 'Nothing here can be played.' })).toBeVisible()
    await window.button('See why').click()
    await expect(window.page.getByRole('dialog').getByRole('listitem')).toHaveCount(2)
  })

  test('that is missing at the next start is reported, its tracks stay, and other music can be chosen', async ({
    openSkein,
    temporaryFolder,
    host,
  }) => {
    const home = temporaryFolder('home')
    const other = join(home, 'Other')
    makeTones(other, { count: 2, seconds: 30 })
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 1 })
    const first = await openSkein({ folder })
    await new PlayerWindow(first).expectTracks(1)
    await first.close()
    rmSync(folder, { recursive: true })
    const skein = await openSkein({ dataFolder: first.dataFolder, home })
    const window = new PlayerWindow(skein)
    await expect(window.failure).toContainText(folder)
    await window.button('Dismiss').click()
    await expect(window.failure).toHaveText('')
    await expect(window.row('Tone 0001')).toContainText('Its folder or disk is not available.')
    await answerFolderDialog(skein.application, other)
    await window.button('Open folder…').click()
    if (host === 'web') {
      await window.page.getByRole('option', { name: 'Other' }).dblclick()
      await expect(window.page.getByRole('dialog')).toContainText(other)
      await window.button('Open this folder').click()
    }
    await window.expectTracks(2)
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0002')
  })
})
