import { mkdirSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asPicture } from '../../../../electron/library/tags/picture.ts'
import type { Thumbnails } from '../../../../electron/library/thumbnails/make-thumbnails.ts'
import { ThumbnailCache } from '../../../../electron/library/thumbnails/thumbnail-cache.ts'
import { ThumbnailFiles } from '../../../../electron/library/thumbnails/thumbnail-files.ts'
import { createPng } from '../../../fixtures/picture-files.ts'
import { readOnlyFolder, scratchFolder } from '../../scratch.ts'

const picture = (width: number) => asPicture(createPng(width, 10)) ?? expect.fail('not a picture')
const thumbnails: Thumbnails = { 128: picture(128), 400: picture(400) }
const key = 'kS+/abcdefghijklmnopqrstuvw='

/** Returns a function that makes thumbnails, and the number of its calls. */
function counter(result: Thumbnails | undefined) {
  const counted = {
    calls: 0,
    make: async () => {
      counted.calls++
      return result
    },
  }
  return counted
}

test('thumbnails are made once, also for requests at the same time', async () => {
  const files = new ThumbnailFiles(scratchFolder())
  const cache = new ThumbnailCache(files)
  const first = counter(thumbnails)
  const shown = await Promise.all([
    cache.read(key, 128, first.make),
    cache.read(key, 400, first.make),
    cache.read(key, 128, first.make),
  ])
  expect(shown.map((shownPicture) => shownPicture?.width)).toEqual([128, 400, 128])
  expect(first.calls).toBe(1)
  await files.settled()
})

test('they are kept for the next start', async () => {
  const folder = join(scratchFolder(), 'thumbnails')
  const files = new ThumbnailFiles(folder)
  await new ThumbnailCache(files).read(key, 128, counter(thumbnails).make)
  await files.settled()
  expect(readdirSync(folder)).toHaveLength(2)
  const next = counter(undefined)
  const cache = new ThumbnailCache(new ThumbnailFiles(folder))
  expect(await cache.read(key, 400, next.make)).toEqual(thumbnails[400])
  expect(await cache.read(key, 128, next.make)).toEqual(thumbnails[128])
  expect(next.calls).toBe(0)
})

test('a damaged file is made again', async () => {
  const folder = scratchFolder()
  const files = new ThumbnailFiles(folder)
  await new ThumbnailCache(files).read(key, 128, counter(thumbnails).make)
  await files.settled()
  for (const name of readdirSync(folder)) truncateSync(join(folder, name), 5)
  const again = counter(thumbnails)
  expect(await new ThumbnailCache(files).read(key, 128, again.make)).toEqual(thumbnails[128])
  expect(again.calls).toBe(1)
  await files.settled()
})

test('what cannot be made is not tried again', async () => {
  const cache = new ThumbnailCache(new ThumbnailFiles(scratchFolder()))
  const impossible = counter(undefined)
  expect(await cache.read(key, 128, impossible.make)).toBeUndefined()
  expect(await cache.read(key, 400, impossible.make)).toBeUndefined()
  expect(impossible.calls).toBe(1)
})

test('a failure is no answer: the next request tries again', async () => {
  const cache = new ThumbnailCache()
  const failing = async () => {
    throw new Error('the threads are gone')
  }
  await expect(cache.read(key, 128, failing)).rejects.toThrow('gone')
  expect(await cache.read(key, 128, counter(thumbnails).make)).toEqual(thumbnails[128])
})

test('a folder that cannot be written costs only the next start', async () => {
  const files = new ThumbnailFiles(join(readOnlyFolder(), 'thumbnails'))
  const cache = new ThumbnailCache(files)
  expect(await cache.read(key, 128, counter(thumbnails).make)).toEqual(thumbnails[128])
  await files.settled()
  expect(await cache.read(key, 128, counter(undefined).make)).toEqual(thumbnails[128])
})

test('beyond the maximum, the oldest files are removed', async () => {
  const folder = scratchFolder()
  mkdirSync(folder, { recursive: true })
  for (let age = 1; age <= 9; age++) {
    const file = join(folder, `old-${age}`)
    writeFileSync(file, Buffer.alloc(1000))
    utimesSync(file, 1_000_000 - age, 1_000_000 - age)
  }
  const files = new ThumbnailFiles(folder, 9000)
  files.write(key, 128, thumbnails[128])
  files.write(key, 400, thumbnails[400])
  await files.settled()
  const names = readdirSync(folder)
  const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  expect(bytes).toBeLessThanOrEqual(9000)
  expect(names).toContain('old-1')
  expect(names).not.toContain('old-9')
  expect(await files.read(key, 400)).toEqual(thumbnails[400])
})
