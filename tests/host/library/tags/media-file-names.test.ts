import { describe, expect, test } from 'vitest'
import { findFolderPicture, isDiscFolder } from '../../../../electron/library/tags/media-file-names.ts'

describe('the picture of a folder', () => {
  test.each([
    'cover.jpg',
    'Cover.JPEG',
    'FOLDER.PNG',
    'front.webp',
    'AlbumArt.gif',
    'album.bmp',
    'Album Art.jpg',
    'artwork.jpg',
    'cover.jfif',
    'AlbumArt_{5FA05D35-A682-4AF6-96F7-0773E42D4D16}_Large.jpg',
    'AlbumArtSmall.jpg',
    'Front Cover.jpg',
    'cover-front.png',
    'Cover (1).jpg',
    'front_01.jpg',
    'coverart.jpg',
    'cover art.jpg',
    'Miles Davis - Kind of Blue (Front).jpg',
    'kind_of_blue_cover.jpg',
    'Front [2009 remaster].jpg',
  ])('can be called %s', (name) => {
    expect(findFolderPicture(['a.mp3', name, 'back.jpg'])).toBe(name)
  })

  test.each([
    'back.jpg',
    'cover back.jpg',
    'Back Cover.jpg',
    'Album - Booklet (cover).jpg',
    'cd cover.jpg',
    'disc1-front.jpg',
    'coverage.jpg',
    'discover.jpg',
    'frontier.png',
    'band.jpg',
    'cover',
    'cover.txt',
    'cover.jpg.part',
    '.jpg',
    `${'a '.repeat(200)}cover.jpg`,
  ])('is not %s', (name) => {
    expect(findFolderPicture(['a.mp3', name])).toBeUndefined()
  })

  test('is the one with the best name, whatever the order of the folder', () => {
    const names = [
      'AlbumArtSmall.jpg',
      'Artist - Album (Front).jpg',
      'AlbumArt_{0}_Large.jpg',
      'albumart.png',
      'album.png',
      'front.jpg',
      'Folder.jpg',
      'cover.png',
    ]
    for (let count = names.length; count > 0; count--) {
      const some = names.slice(0, count)
      expect(findFolderPicture(some)).toBe(some.at(-1))
      expect(findFolderPicture(some.toReversed())).toBe(some.at(-1))
    }
    expect(findFolderPicture(['cover.png', 'cover.jpg'])).toBe('cover.jpg')
    expect(findFolderPicture(['cover.jpg', 'cover.png'])).toBe('cover.jpg')
  })
})

describe('the folder of a disc', () => {
  test.each([
    'CD1',
    'cd 2',
    'Disc 10',
    'disk_03',
    'DISC 1 - Live in Paris',
    'Vinyl A',
    'LP2',
    'Side B',
    'Disque 1',
  ])('can be called %s', (name) => expect(isDiscFolder(name)).toBe(true))

  test.each([
    'CD',
    'Discovery',
    'Disc',
    'CDs',
    'Side Effects',
    'Disco Fever',
    'Part of Me',
    '1',
    'CD1000',
    'Abcd 1',
  ])('is not %s', (name) => expect(isDiscFolder(name)).toBe(false))
})
