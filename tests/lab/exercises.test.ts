import { expect, test } from 'vitest'
import { exercises } from '../../renderer/lab/exercises/index.ts'

test('pages have unique ids', () => {
  const ids = exercises.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z-]+$/)
})

for (const { id, lesson, controls, actions, question, python, typescript } of exercises) {
  test(`${id}: both listings have the same labels and fit on a screen`, () => {
    expect(Object.keys(python.labelLines).sort()).toEqual(Object.keys(typescript.labelLines).sort())
    for (const { text } of [python, typescript]) {
      const lines = text.split('\n')
      expect(lines.length).toBeLessThanOrEqual(id === 'player' ? 56 : 42)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(110)
    }
  })

  test(`${id}: it has a lesson, a question and unique names of controls and actions`, () => {
    expect(lesson.length).toBeGreaterThanOrEqual(2)
    expect(lesson.length).toBeLessThanOrEqual(4)
    expect(question.ask()).toMatch(/\?$/)
    expect(question.answer()).toMatch(/\.$/)
    const names = [...controls, ...actions].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const control of controls) {
      if (control.kind === 'number') {
        expect(control.initial).toBeGreaterThanOrEqual(control.min)
        expect(control.initial).toBeLessThanOrEqual(control.max)
      }
      if (control.kind === 'choice') {
        expect(control.choices.map(({ value }) => value)).toContain(control.initial)
      }
    }
  })
}
