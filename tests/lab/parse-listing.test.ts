import { expect, test } from 'vitest'
import { parsePythonListing, parseTypeScriptListing } from '../../renderer/lab/model/parse-listing.ts'

const source = `import { at } from './support/line-marker.ts'

// --- shown
export function add(counter: Cell, times: number): void {
  for (let turn = 0; turn < times; turn++) {
    at('read')
    const value = counter.value
    pretend() // lab
    at("write")
    counter.value = value + 1
    at('read')
  }
}
// --- end

defineTargets({ add })

  // --- shown
  const counter = new Cell()
  at('start')
  start(counter)
  // --- end
`

test('a listing is the source without the Lab’s statements, with the line of each label', () => {
  const { text, labelLines } = parseTypeScriptListing(source)
  expect(text.split('\n')).toEqual([
    'export function add(counter: Cell, times: number): void {',
    '  for (let turn = 0; turn < times; turn++) {',
    '    const value = counter.value',
    '    counter.value = value + 1',
    '  }',
    '}',
    '',
    '  const counter = new Cell()',
    '  start(counter)',
  ])
  expect(labelLines).toEqual({ read: 3, write: 4, start: 9 })
})

test('a source without a shown part, or with a label at the end, is rejected', () => {
  expect(() => parseTypeScriptListing('const a = 1')).toThrow('no part')
  expect(() => parseTypeScriptListing("// --- shown\nfirst()\nat('last')\n// --- end")).toThrow(
    'last marks no line',
  )
})

test('a Python listing is the text without its labels', () => {
  const { text, labelLines } = parsePythonListing(`
def add(counter, times):
    for _ in range(times):  # as often as asked
        value = counter.value  # @read
        counter.value = value + 1   # @write it @last
`)
  expect(text.split('\n')).toEqual([
    'def add(counter, times):',
    '    for _ in range(times):  # as often as asked',
    '        value = counter.value',
    '        counter.value = value + 1',
  ])
  expect(labelLines).toEqual({ read: 3, 'write it': 4, last: 4 })
})
