import { expect, test } from 'vitest'
import type { Exercise } from '../../renderer/lab/model/exercise.ts'
import { createInitialSetup, formatLink, parseLink } from '../../renderer/lab/state/deep-link.ts'

const listing = { text: '', labelLines: {} }

const counting: Exercise = {
  id: 'counting',
  title: () => 'Counting',
  lesson: [],
  controls: [
    { kind: 'number', name: 'threads', label: () => 'Threads', min: 2, max: 8, initial: 2 },
    {
      kind: 'choice',
      name: 'how',
      label: () => 'How',
      choices: [{ value: 'live' }, { value: 'by step' }],
      initial: 'live',
    },
    { kind: 'switch', name: 'lock', label: () => 'Lock', initial: false },
  ],
  actions: [],
  question: { ask: () => '', answer: () => '' },
  python: listing,
  typescript: listing,
  start: () => {
    throw new Error('this exercise is not started')
  },
}
const other: Exercise = { ...counting, id: 'other', controls: [] }
const exercises = [other, counting]

test('a link restores the setup it was made from', () => {
  const setup = { threads: 5, how: 'by step', lock: true }
  const link = formatLink(counting, setup, 100)
  expect(link).toBe('#lab/counting?threads=5&how=by+step&lock=on&speed=100')
  const parsed = { exercise: 'counting', setup, slowness: 100, warning: undefined }
  expect(parseLink(link, exercises)).toEqual(parsed)
  expect(parseLink(` http://127.0.0.1:8000/?token=x${link}\n`, exercises)).toEqual(parsed)
})

test('what a link does not name has its initial value', () => {
  const parsed = {
    exercise: 'counting',
    setup: createInitialSetup(counting),
    slowness: 1,
    warning: undefined,
  }
  expect(parseLink('#lab/counting', exercises)).toEqual(parsed)
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
])('%s has an invalid value: the initial one is used, with a warning', (link, name, label) => {
  const parsed = parseLink(link, exercises)
  expect(parsed?.setup[name]).toBe(createInitialSetup(counting)[name])
  expect(parsed?.warning).toContain(`The link’s value for “${label}” is not allowed`)
})

test.each(['0', '1001', '-5', 'fast', '1e2'])('a speed of %s is not allowed', (speed) => {
  const parsed = parseLink(`#lab/counting?speed=${speed}`, exercises)
  expect(parsed?.slowness).toBe(1)
  expect(parsed?.warning).toContain('speed')
})

test.each(['nowhere', '__proto__', '%E0%A4%A', '<b>'])('an unknown page %s gives a warning', (id) => {
  const parsed = parseLink(`#lab/${id}`, exercises)
  expect(parsed?.exercise).toBe('other')
  expect(parsed?.warning).toContain('The Lab has no page')
})

test.each(['', '#library', 'https://example.org/', '#labyrinth', '#lab/a b'])(
  '%s is not a link to the Lab',
  (text) => {
    expect(parseLink(text, exercises)).toBeUndefined()
  },
)
