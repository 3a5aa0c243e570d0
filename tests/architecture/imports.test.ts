import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { except } from './checks/except.ts'
import { folderCycles } from './checks/folder-cycles.ts'
import { deepImports } from './checks/package-imports.ts'
import { importsAgainstDirection } from './checks/room-directions.ts'
import { importExceptions } from './exceptions.ts'
import { planted } from './planted.ts'
import { importsOf, readSourceFiles, root } from './source-files.ts'

const production = readSourceFiles('electron', 'renderer', 'shared')
const everything = [...production, ...readSourceFiles('tests', 'scripts', 'packaging')]

describe('imports', () => {
  it('are recognized in every form', () => {
    const [file] = planted({
      'renderer/a.ts': `
        import type { A } from './static.ts'
        export { b } from './named.ts'
        export * from './all.ts'
        const c = await import('./dynamic.ts')
        const d: import('./type.ts').D = c
        new Worker(new URL('./worker.ts', import.meta.url), d)`,
    })
    const names = ['static', 'named', 'all', 'dynamic', 'type', 'worker']
    expect(file && importsOf(file)).toEqual(names.map((name) => `./${name}.ts`))
  })
})

describe('imports between rooms', () => {
  it('follow the allowed directions', () => {
    expect(except(importsAgainstDirection(production), importExceptions)).toEqual([])
  })

  it.each([
    ['shared/player/a.ts', '../../renderer/ui/b.ts'],
    ['shared/library/a.ts', '../player/b.ts'],
    ['shared/sound/a.ts', '../player/b.ts'],
    ['shared/threading/src/a.ts', '../../player/b.ts'],
    ['shared/threading/src/a.ts', '../../i18n/messages.js'],
    ['electron/host/a.ts', '../../renderer/ui/b.ts'],
    ['electron/host/a.ts', 'electron'],
    ['electron/platform/a.ts', '../host/b.ts'],
    ['renderer/ui/a.tsx', '../../electron/host/b.ts'],
    ['renderer/ui/a.tsx', '../session/b.ts'],
    ['renderer/store/a.ts', '../session/b.ts'],
    ['renderer/session/a.ts', '../shell/b.ts'],
    ['renderer/library/track-grid/a.tsx', '../../shell/b.ts'],
    ['renderer/library/a.tsx', '../up-next/b.tsx'],
    ['renderer/threads-view/a.tsx', '../lab/page/b.tsx'],
    ['renderer/threads-view/model/a.ts', '../timeline/b.ts'],
    ['renderer/lab/model/a.ts', '../page/b.tsx'],
  ])('does not allow %s to import %s', (path, specifier) => {
    expect(importsAgainstDirection(planted({ [path]: `import '${specifier}'` }))).toHaveLength(1)
  })

  it.each([
    ['renderer/shell/a.tsx', '../library/b.tsx'],
    ['renderer/library/a.tsx', '../session/b.ts'],
    ['renderer/session/a.ts', '../store/b.ts'],
    ['renderer/lab/page/a.tsx', '../../threads-view/b.tsx'],
    ['renderer/ui/a.tsx', '../../shared/i18n/messages.js'],
    ['electron/window/a.ts', 'electron'],
    ['electron/main.ts', './host/b.ts'],
  ])('allows %s to import %s', (path, specifier) => {
    expect(importsAgainstDirection(planted({ [path]: `import '${specifier}'` }))).toEqual([])
  })
})

describe('folders', () => {
  it('import each other in one direction', () => {
    expect(except(folderCycles(production), importExceptions)).toEqual([])
  })

  it('in a cycle are found, also through a third folder and by a type import', () => {
    const files = planted({
      'shared/a/a.ts': "import '../b/b.ts'",
      'shared/b/b.ts': "import type { C } from '../c/c.ts'",
      'shared/c/c.ts': "export const a = () => import('../a/a.ts')",
      'shared/d/d.ts': "import '../a/a.ts'",
    })
    expect(folderCycles(files)).toEqual(['shared/a, shared/b, shared/c'])
  })
})

describe('the package @skein/threading', () => {
  const manifest = JSON.parse(readFileSync(`${root}shared/threading/package.json`, 'utf8'))
  const exported = Object.keys(manifest.exports)

  it('is imported only by the names that it exports', () => {
    expect(deepImports(everything, exported)).toEqual([])
  })

  it.each(['@skein/threading/src/core/guard.ts', '../shared/threading/src/index.ts'])(
    'does not allow %s',
    (specifier) => {
      expect(deepImports(planted({ 'renderer/a.ts': `import '${specifier}'` }), exported)).toHaveLength(1)
    },
  )

  it('is open to its own tests', () => {
    const files = planted({ 'tests/threading/a.ts': "import '../../shared/threading/src/core/guard.ts'" })
    expect(deepImports(files, exported)).toEqual([])
  })
})
