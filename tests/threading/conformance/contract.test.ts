import { expect, test } from 'vitest'
import { contract, type Line } from './contract.ts'
import { suites } from './suites.ts'

const lines = Object.keys(contract) as Line[]

test.each(lines)('%s is covered', (line) => {
  const cases = suites.flatMap(({ title, cases }) =>
    cases.filter((one) => one.lines.includes(line)).map((one) => `${title}: ${one.title}`),
  )
  expect(cases, contract[line]).not.toHaveLength(0)
})

test('every suite has a title of its own', () => {
  const titles = suites.map(({ title }) => title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
})
