import { expect, test } from 'vitest'
import { findUnsupported } from './build/grammar.ts'
import { findStepping, readModule } from './build/stepping.ts'
import { parse } from './build/syntax.ts'
import { readLibrary } from './build/world.ts'

test('the library uses only what the explorer understands', async () => {
  const { modules, found } = await readLibrary()
  expect(modules.size).toBeGreaterThan(15)
  const unsupported = [...modules].flatMap(([file, module]) =>
    findUnsupported(module, found).map((reason) => `${file}, ${reason}`),
  )
  expect(unsupported).toEqual([])
})

const imports = "import { load } from './core/atomic.ts'\nimport { words } from './core/memory.ts'\n"

test.each([
  ['function* steps() { yield 1 }', /a generator/],
  ['async function read(list) { for await (const item of list) load(item) }', /for await/],
  ['const all = (list) => list.every((item) => load(item) === 0)', /every with a function that steps/],
  ['const all = (list) => list.flatMap((item) => [load(item)])', /flatMap with a function that steps/],
  ['const now = (index = load(1)) => index', /a default value that steps/],
  ['const read = () => Atomics.load(words, 1)', /Atomics outside/],
  ['const copy = () => { const view = words; return view[1] }', /words as a value/],
  ['const copy = () => [...words.entries()]', /words as a value/],
  ['const text = () => load`1`', /tagged template/],
])('finds what the explorer does not understand: %s', (code, reason) => {
  const module = readModule(imports + code, parse(imports + code))
  const found = findUnsupported(module, findStepping([module]))
  expect(found.join('\n')).toMatch(reason)
})

test.each([
  'const all = (list) => list.some((item) => load(item) === 0)',
  'const read = (index) => words[index] + words.length',
  'const sorted = (list) => list.sort((one, other) => words[one] - words[other])',
  'const settings = { words: 1 }; const other = settings.words',
])('accepts %s', (code) => {
  const module = readModule(imports + code, parse(imports + code))
  expect(findUnsupported(module, findStepping([module]))).toEqual([])
})
