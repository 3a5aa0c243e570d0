import { describe, expect, it } from 'vitest'
import { except } from './checks/except.ts'
import { largeFolders, maxFilesPerFolder, repeatedFileNames } from './checks/folder-layout.ts'
import { fileNameExceptions } from './exceptions.ts'
import { planted } from './planted.ts'
import { readSourceFiles } from './source-files.ts'

const production = readSourceFiles('electron', 'renderer', 'shared')

const numbered = (count: number) =>
  planted(Object.fromEntries(Array.from({ length: count }, (_, index) => [`renderer/ui/${index}.css`, ''])))

describe('a folder', () => {
  it(`has at most ${maxFilesPerFolder} files of its own`, () => {
    expect(largeFolders(production)).toEqual([])
  })

  it('is reported with one file too many', () => {
    expect(largeFolders(numbered(maxFilesPerFolder))).toEqual([])
    expect(largeFolders(numbered(maxFilesPerFolder + 1))).toEqual(['renderer/ui has 21 files'])
  })
})

describe('a file name', () => {
  it('occurs once in a layer', () => {
    const files = [...production, ...readSourceFiles('tests')]
    expect(except(repeatedFileNames(files), fileNameExceptions)).toEqual([])
  })

  it('is reported if a layer has it twice', () => {
    const files = planted({
      'renderer/a/columns.ts': '',
      'renderer/b/columns.ts': '',
      'shared/columns.ts': '',
      'renderer/a/index.ts': '',
      'renderer/b/index.ts': '',
    })
    expect(repeatedFileNames(files)).toEqual(['renderer/a/columns.ts and renderer/b/columns.ts'])
  })
})
