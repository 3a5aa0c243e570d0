import { describe, expect, test } from 'vitest'
import {
  maxHistorySpan,
  ProcessModel,
  replacedThreadRetention,
} from '../../../../renderer/threads-view/model/process-model.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const names = (model: ProcessModel): string[] => model.threads().map(({ name }) => name)
const ids = (model: ProcessModel): number[] => model.threads().map(({ id }) => id)

describe('threads are sorted', () => {
  test('by the given names, then by name and number', () => {
    const model = new ProcessModel('player', ['main', 'input', 'playback', 'selector'])
    const started = ['scan-10', 'selector', 'scan-2', 'main', 'playback', 'input', 'extra']
    model.accept(process(1, { threads: started.map((name, index) => thread(index + 1, name)) }))
    expect(names(model)).toEqual(['main', 'input', 'playback', 'selector', 'extra', 'scan-2', 'scan-10'])
  })

  test('with the later one first if two have the same name, whatever its number', () => {
    const model = new ProcessModel('player')
    model.accept(process(1, { threads: [thread(8, 'playback', { state: 'Terminated' })] }))
    model.accept(
      process(2, { threads: [thread(8, 'playback', { state: 'Terminated' }), thread(5, 'playback')] }),
    )
    expect(ids(model)).toEqual([5, 8])
  })
})

describe('a thread that ended', () => {
  const dead = thread(3, 'playback', { state: 'Terminated', since: 100, error: 'Error: no' })

  test('stays with its error until it is replaced', () => {
    const model = new ProcessModel('player')
    model.accept(process(100 + replacedThreadRetention * 10, { threads: [dead] }))
    expect(model.threads()[0]?.error).toBe('Error: no')
  })

  test('stays beside its replacement for a while, and its history for a minute', () => {
    const model = new ProcessModel('player')
    const threads = [dead, thread(4, 'playback', { since: 120 })]
    model.accept(process(200, { threads }))
    expect(ids(model)).toEqual([4, 3])
    model.accept(process(101 + replacedThreadRetention, { threads }))
    expect(ids(model)).toEqual([4])
    expect(model.history(3)).toBeDefined()
    model.accept(process(101 + maxHistorySpan, { threads }))
    expect(model.history(3)).toBeUndefined()
  })

  test('removal counts as a change, the same view again does not', () => {
    const model = new ProcessModel('player')
    const threads = [dead, thread(4, 'playback', { since: 120 })]
    model.accept(process(200, { threads }))
    const before = model.layoutVersion
    model.accept(process(210, { threads }))
    expect(model.layoutVersion).toBe(before)
    model.accept(process(101 + replacedThreadRetention, { threads }))
    const after = model.layoutVersion
    expect(after).toBeGreaterThan(before)
    model.accept(process(102 + replacedThreadRetention, { threads }))
    expect(model.layoutVersion).toBe(after)
  })

  test('is Terminated even if its slot was reused before a sample', () => {
    const model = new ProcessModel('player')
    model.accept(process(100, { threads: [thread(3, 'scan-1', { since: 50 })] }))
    model.accept(process(200, { events: [event(7, 150, 'Terminated', { thread: 3 })] }))
    expect(model.thread(3)).toMatchObject({ state: 'Terminated', since: 150 })
    model.accept(process(300))
    expect(model.thread(3)).toMatchObject({ state: 'Terminated', since: 150 })
  })
})

describe('objects', () => {
  test('are sorted by kind and name', () => {
    const model = new ProcessModel('player')
    const objects = [
      object(1, 'Lock', { name: 'playerState' }),
      object(2, 'Event', { name: 'playing' }),
      object(3, 'Queue', { name: 'inputs' }),
      object(4, 'Queue', { name: 'audio' }),
    ]
    model.accept(process(1, { objects }))
    expect(model.objects().map(({ id }) => id)).toEqual([4, 3, 2, 1])
  })

  test('a disposed object keeps its name for the history', () => {
    const model = new ProcessModel('player')
    model.accept(process(1, { objects: [object(9, 'Queue', { name: 'files' })] }))
    model.accept(process(2))
    expect(model.objects()).toEqual([])
    expect(model.label(9)).toBe('Queue files')
  })

  test('an object without a name is shown by its number', () => {
    const model = new ProcessModel('player')
    model.accept(process(1, { objects: [object(9, 'Lock')] }))
    expect(model.label(9)).toBe('Lock #9')
  })
})

test('events that were overwritten before the first sample are not counted as dropped', () => {
  const model = new ProcessModel('player')
  model.accept(process(1, { dropped: 5000 }))
  expect(model.dropped).toBe(0)
  model.accept(process(2, { dropped: 5012 }))
  expect(model.dropped).toBe(12)
})

describe('changes for the painters', () => {
  test('a view with the arrays of the previous one is no change, any other is', () => {
    const model = new ProcessModel('player')
    const [threads, objects] = [[thread(1, 'main')], [object(70, 'Queue', { depth: 0 })]]
    model.accept(process(100, { threads, objects }))
    const before = model.changeCount
    model.accept(process(116, { threads, objects }))
    expect(model.changeCount).toBe(before)
    model.accept(process(133, { threads, objects: [object(70, 'Queue', { depth: 1 })] }))
    expect(model.changeCount).toBeGreaterThan(before)
    expect(model.object(70)?.depth).toBe(1)
  })

  test('a replaced thread that leaves the list is a change, although memory is the same', () => {
    const model = new ProcessModel('player')
    const dead = thread(3, 'playback', { state: 'Terminated', since: 100 })
    const [threads, objects] = [[dead, thread(4, 'playback', { since: 120 })], []]
    model.accept(process(200, { threads, objects }))
    const before = model.changeCount
    model.accept(process(101 + replacedThreadRetention, { threads, objects }))
    expect(ids(model)).toEqual([4])
    expect(model.changeCount).toBeGreaterThan(before)
  })
})

test('the reported memory includes operations', () => {
  const model = new ProcessModel('player')
  const before = model.bytes
  model.accept(process(100, { threads: [thread(1, 'main')], objects: [object(70, 'Queue', { depth: 0 })] }))
  expect(model.activity.bytes).toBeGreaterThan(0)
  expect(model.bytes - before).toBeGreaterThanOrEqual(model.activity.bytes)
})
