import { expect, test } from 'vitest'
import type { Exercise } from '../../renderer/lab/model/exercise.ts'
import { createInitialSetup, formatLink, parseLink } from '../../renderer/lab/state/deep-link.ts'

const listing = { text: '', labelLines: {} }

const counting: Exercise = {
  id: 'counting',
  title: 'Counting',
  lesson: [],
  controls: [
    { kind: 'number', name: 'threads', label: 'Threads', min: 2, max: 8, initial: 2 },
    {
      kind: 'choice',
      name: 'how',
      label: 'How',
      choices: [
        { value: 'live', label: 'Live' },
        { value: 'by step', label: 'By step' },
      ],
      initial: 'live',
    },
    { kind: 'switch', name: 'lock', label: 'Lock', initial: false },
  ],
  actions: [],
  question: { ask: '', answer: '' },
  python: listing,
  typescript: listing,
  start: () => {
    throw new Error('nothing is started here')
  },
}
const other: Exercise = { ...counting, id: 'other', controls: [] }
const exercises = [other, counting]

test('a link that was made of a setup is read as that setup', () => {
  const setup = { threads: 5, how: 'by step', lock: true }
  const link = formatLink(counting, setup, 100)
  expect(link).toBe('#lab/counting?threads=5&how=by+step&lock=on&speed=100')
  const read = { exercise: 'counting', setup, slowness: 100, warning: undefined }
  expect(parseLink(link, exercises)).toEqual(read)
  expect(parseLink(` http://127.0.0.1:8000/?token=x${link}\n`, exercises)).toEqual(read)
})

test('what a link does not tell is as it stands first', () => {
  const read = { exercise: 'counting', setup: createInitialSetup(counting), slowness: 1, warning: undefined }
  expect(parseLink('#lab/counting', exercises)).toEqual(read)
  expect(parseLink('#lab', exercises)?.exercise).toBe('other')
})

test.each([
  ['#lab/counting?threads=9', 'threads', 'Threads'],
  ['#lab/counting?threads=1', 'threads', 'Threads'],
  ['#lab/counting?threads=2.5', 'threads', 'Threads'],
  ['#lab/counting?threads=', 'threads', 'Threads'],
  ['#lab/counting?threads=0x3', 'threads', 'Threads'],
  ['#lab/counting?how=toString', 'how', 'How'],
  ['#lab/counting?lock=true', 'lock', 'Lock'],
])('%s names a value that is not possible: the first one stands, and that is said', (link, name, label) => {
  const read = parseLink(link, exercises)
  expect(read?.setup[name]).toBe(createInitialSetup(counting)[name])
  expect(read?.warning).toContain(`The link’s value for “${label}” is not possible`)
})

test.each(['0', '1001', '-5', 'fast', '1e2'])('a speed of %s is none', (speed) => {
  const read = parseLink(`#lab/counting?speed=${speed}`, exercises)
  expect(read?.slowness).toBe(1)
  expect(read?.warning).toContain('speed')
})

test.each(['nowhere', '__proto__', '%E0%A4%A', '<b>'])('a page %s that there is not is said', (id) => {
  const read = parseLink(`#lab/${id}`, exercises)
  expect(read?.exercise).toBe('other')
  expect(read?.warning).toContain('The Lab has no page')
})

test.each(['', '#library', 'https://example.org/', '#labyrinth', '#lab/a b'])(
  '%s is no link to the Lab',
  (text) => {
    expect(parseLink(text, exercises)).toBeUndefined()
  },
)
