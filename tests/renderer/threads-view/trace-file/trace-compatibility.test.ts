import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { objectValueText } from '../../../../renderer/threads-view/details/object-row-painter.ts'
import { ThreadsModel } from '../../../../renderer/threads-view/model/threads-model.ts'
import { analysisOfTrace } from '../../../../renderer/threads-view/trace-file/trace-analysis.ts'
import { openTrace } from '../../../../renderer/threads-view/trace-file/trace-files.ts'
import { recordedEvents } from '../fixtures/recorded-threads.ts'

/** The first version of the format, written by the code of 22 November 2026. It must stay readable: do not renew it. */
const traceText = readFileSync(new URL('../fixtures/trace-version-1.json', import.meta.url), 'utf8')

async function openModel(text = traceText): Promise<ThreadsModel> {
  const model = new ThreadsModel(['player', 'host'])
  await openTrace(model, new File([text], 'old.json'))
  return model
}

async function openPlayer() {
  const model = await openModel()
  const { processes, at } = model.scene()
  const [player] = processes
  const analysis = analysisOfTrace(processes)
  if (player === undefined || analysis === undefined) throw new Error('the trace has no process')
  return { model, player, analysis, at }
}

/** The events of the file, read without the code under test. */
function countEventLines(): number {
  const { traceEvents } = JSON.parse(traceText) as { traceEvents: { cat?: string; ph: string }[] }
  return traceEvents.filter(
    ({ cat, ph }) => cat === 'state' || cat === 'act' || (cat === 'wake' && ph === 's'),
  ).length
}

describe('a trace file of version 1', () => {
  test('is opened with its processes and its name', async () => {
    const { model, player } = await openPlayer()
    expect(model.layout().trace).toBe('old.json')
    expect(model.layout().groups.map(({ process }) => process)).toEqual(['player'])
    expect(recordedEvents(player.recording)).toHaveLength(countEventLines())
    expect(countEventLines()).toBeGreaterThan(100)
  })

  test('shows the states of its threads', async () => {
    const { player } = await openPlayer()
    const states = player
      .threads()
      .map(({ name, state, waiting }) => [name, state, waiting ? player.label(waiting.object) : ''])
    expect(states).toEqual([
      ['main', 'Runnable', ''],
      ['adder', 'Terminated', ''],
      ['echo', 'Waiting', 'Queue there'],
      ['holder', 'Terminated', ''],
      ['one', 'Blocked', 'Lock right'],
      ['second in line', 'Terminated', ''],
      ['two', 'Blocked', 'Lock left'],
    ])
  })

  test('shows the values of its objects', async () => {
    const { player } = await openPlayer()
    const values = player
      .objects()
      .map((object) => `${player.label(object.id)}: ${objectValueText(player, object)}`)
    expect(values).toEqual([
      'Queue back: 0',
      'Queue done: 0',
      'Queue there: 0 / 8',
      'Queue told: 1',
      'Condition turn: free',
      'Event first: set',
      'Event go: set',
      'Event held: set',
      'Event other: set',
      'Semaphore permits: 1 permit',
      'Barrier gathering: —',
      'Lock door: free',
      'Lock left: held by one',
      'Lock right: held by two',
      'RLock nested: free',
      'RLock turn: free',
      'Cell counter: —',
    ])
  })

  test('shows the values of its objects over time', async () => {
    const { player } = await openPlayer()
    const valuesOf = (label: string): number[] => {
      const id = player.objects().find((object) => player.label(object.id) === label)?.id ?? 0
      const series = player.activity.series(id)
      if (series === undefined) return []
      return Array.from({ length: series.end - series.first }, (_, row) => series.value(series.first + row))
    }
    expect(valuesOf('Cell counter')).toEqual([0, 1, 2, 3])
    expect(valuesOf('Queue back')).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
    expect(valuesOf('Lock door')).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
    expect(valuesOf('Semaphore permits')).toEqual([2, 1])
  })

  test('shows an earlier moment', async () => {
    const { model, player } = await openPlayer()
    const goId = player.objects().find(({ name }) => name === 'go')?.id ?? 0
    // The second value of the event begins when it is set, which lets `holder` release the lock.
    model.moveTo((player.activity.series(goId)?.at(1) ?? 0) - 0.01)
    const [then] = model.scene().processes
    if (then === undefined) throw new Error('the trace has no process')
    const states = then.threads().map(({ name, state }) => `${name} ${state}`)
    expect(states).toEqual(['main Runnable', 'echo Waiting', 'holder Waiting', 'second in line Blocked'])
    const door = then.objects().find(({ name }) => name === 'door')
    expect(door && objectValueText(then, door)).toBe('held by holder')
  })

  test('shows why its threads wait, and its deadlock', async () => {
    const { player, analysis, at } = await openPlayer()
    const reasons = player
      .threads()
      .map((thread) => analysis.ofProcess('player')?.describeReason(thread, undefined, at))
    expect(reasons).toEqual([
      'main runs, or is ready to.',
      'adder ended by returning.',
      'echo waits on Queue there (0 / 8 items) for 187 ms; usually fed by main.',
      'holder ended by returning.',
      'one is blocked by Lock right for 153 ms, held by two, which is blocked by Lock left, held by one: they wait in a circle.',
      'second in line ended by returning.',
      'two is blocked by Lock left for 153 ms, held by one, which is blocked by Lock right, held by two: they wait in a circle.',
    ])
    const links = analysis.findings().deadlocks.map(({ links }) => links.map(({ thread }) => thread.name))
    expect(links).toEqual([['one', 'two']])
  })
})

describe('a file that cannot be shown is rejected with one clear sentence', () => {
  test('of a newer version', async () => {
    await expect(openModel(traceText.replace('"version":1', '"version":2'))).rejects.toThrow(
      /^old\.json was made by a newer Skein: update Skein to open it\.$/,
    )
  })

  test('wherever it is cut off behind its head', async () => {
    const headEnd = traceText.indexOf('"traceEvents":[\n') + '"traceEvents":[\n'.length
    const lineEnds = [...traceText.matchAll(/\n/g)].map(({ index }) => index)
    const cuts = [headEnd, ...lineEnds.flatMap((end) => [end, end + 1, end + 9])]
    // The last line end may be missing.
    for (const cut of cuts.filter((end) => end >= headEnd && end < traceText.length - 1)) {
      const opened = openModel(traceText.slice(0, cut))
      await expect(opened, `cut at ${cut}`).rejects.toThrow(
        /^old\.json ends too early: it was not saved to its end\.$/,
      )
    }
    await openModel(traceText.slice(0, -1))
  })

  test.each([
    ['an image', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'],
    ['a page', '<!doctype html>\n<title>Skein</title>\n<p>traceEvents</p>\n'],
    ['other JSON', JSON.stringify({ program: 'Skein', version: 1, list: [] }, undefined, 2)],
    ['an empty file', ''],
  ])('that is no trace: %s', async (_, text) => {
    await expect(openModel(text)).rejects.toThrow(
      /^old\.json is not a trace that Skein exported\. Choose a file that “Export trace…” made\.$/,
    )
  })
})
