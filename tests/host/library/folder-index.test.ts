import { expect, test } from 'vitest'
import { signFiles } from '../../../electron/library/listing/sign-files.ts'
import { FolderIndex } from '../../../electron/library/scanning/folder-index.ts'

const file = (id: number, modifiedNs: string) => ({ id, size: 5, modifiedNs, unavailable: undefined })

test('the signature of a directory follows every change of its files and its picture', () => {
  const index = new FolderIndex()
  const one = { name: '1.mp3', size: 5, modifiedNs: '7' }
  const two = { name: '2.mp3', size: 5, modifiedNs: '8' }
  index.setFile('a/1.mp3', file(1, '7'))
  index.setDirectory('a', '1', null)
  expect(index.sign('a')).toBe(signFiles([one]))
  index.setFile('a/2.mp3', file(2, '8'))
  expect(index.sign('a')).toBe(signFiles([one, two]))
  expect(index.sign('a')).toBe(signFiles([two, one]))
  index.setFile('a/1.mp3', file(1, '9'))
  expect(index.sign('a')).toBe(signFiles([{ ...one, modifiedNs: '9' }, two]))
  index.removeFile('a/1.mp3')
  expect(index.sign('a')).toBe(signFiles([two]))
  index.setDirectory('a', '2', 'cover.jpg/3/4')
  expect(index.sign('a')).toBe(signFiles([two], 'cover.jpg/3/4'))
  index.setFile('a/2.mp3', { ...file(2, '8'), unavailable: 'fileMissing' })
  expect(index.sign('a')).toBe(signFiles([], 'cover.jpg/3/4'))
})

test('a directory whose picture is not known has no signature', () => {
  const index = new FolderIndex()
  index.setFile('a/1.mp3', file(1, '7'))
  expect(index.sign('a')).toBeUndefined()
  index.setDirectory('a', '1', null)
  expect(index.sign('a')).toBeDefined()
  index.setDirectory('a', '', null)
  expect(index.sign('a')).toBeUndefined()
})
