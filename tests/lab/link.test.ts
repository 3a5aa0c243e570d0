import { expect, test } from 'vitest'
import type { Exercise } from '../../renderer/lab/exercise.ts'
import { firstSetup, linkTo, readLink } from '../../renderer/lab/link.ts'

const listing = { text: '', lines: {} }

const counting: Exercise = {
  id: 'counting',
  title: 'Counting',
  lesson: [],
  controls: [
    { kind: 'number', name: 'threads', label: 'Threads', least: 2, most: 8, first: 2 },
    {
      kind: 'choice',
      name: 'how',
      label: 'How',
      choices: [
        { value: 'live', label: 'Live' },
        { value: 'by step', label: 'By step' },
      ],
      first: 'live',
    },
    { kind: 'switch', name: 'lock', label: 'Lock', first: false },
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
  const link = linkTo(counting, setup, 100)
  expect(link).toBe('#lab/counting?threads=5&how=by+step&lock=on&speed=100')
  const read = { exercise: 'counting', setup, slowness: 100, complaint: undefined }
  expect(readLink(link, exercises)).toEqual(read)
  expect(readLink(` http://127.0.0.1:8000/?token=x${link}\n`, exercises)).toEqual(read)
})

test('what a link does not tell is as it stands first', () => {
  const read = { exercise: 'counting', setup: firstSetup(counting), slowness: 1, complaint: undefined }
  expect(readLink('#lab/counting', exercises)).toEqual(read)
  expect(readLink('#lab', exercises)?.exercise).toBe('other')
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
  const read = readLink(link, exercises)
  expect(read?.setup[name]).toBe(firstSetup(counting)[name])
  expect(read?.complaint).toContain(`The link’s value for “${label}” is not possible`)
})

test.each(['0', '1001', '-5', 'fast', '1e2'])('a speed of %s is none', (speed) => {
  const read = readLink(`#lab/counting?speed=${speed}`, exercises)
  expect(read?.slowness).toBe(1)
  expect(read?.complaint).toContain('speed')
})

test.each(['nowhere', '__proto__', '%E0%A4%A', '<b>'])('a page %s that there is not is said', (id) => {
  const read = readLink(`#lab/${id}`, exercises)
  expect(read?.exercise).toBe('other')
  expect(read?.complaint).toContain('The Lab has no page')
})

test.each(['', '#library', 'https://example.org/', '#labyrinth', '#lab/a b'])(
  '%s is no link to the Lab',
  (text) => {
    expect(readLink(text, exercises)).toBeUndefined()
  },
)
