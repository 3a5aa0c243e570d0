import { setOperationRecording } from '@skein/threading/inspect'
import { beforeAll, describe, expect, test } from 'vitest'
import { maxSamples } from '../../../../renderer/threads-view/model/recorded-samples.ts'
import { readTrace } from '../../../../renderer/threads-view/trace-file/trace-import.ts'
import { inProcess } from '../../../threading/test-process.ts'
import { recordedEvents, recordThreads, traceTextOf } from '../fixtures/recorded-threads.ts'

inProcess()
beforeAll(() => setOperationRecording(true))

const named = (pid: number, name: string): string =>
  JSON.stringify({ name: 'process_name', ph: 'M', pid, tid: pid, args: { name } })

const actOf = (pid: number, at = 1000): string => {
  const args = { thread: 1, sequence: 1, at, object: 70, act: 'put', value: 1, holding: 0 }
  return JSON.stringify({ cat: 'act', ph: 'i', pid, args })
}

const sampleAt = (at: number): string => {
  const nothing = { threads: [], objects: [], gone: [], goneObjects: [], unmarked: 0, dropped: 0 }
  return JSON.stringify({ process: 'player', at, ...nothing })
}

const fileOf = (text: string): File => new File([text], 'threads.json')

test('an imported trace has every event, and shows every moment', async () => {
  const recording = await recordThreads()
  const [process, ...others] = await readTrace(fileOf(traceTextOf([recording])))
  expect(others).toEqual([])
  const again = process?.recording
  if (again === undefined) throw new Error('nothing was read')
  expect(again.process).toBe('test')
  expect(recordedEvents(again)).toEqual(recordedEvents(recording))
  const from = recording.from ?? 0
  expect([again.from, again.to]).toEqual([recording.from, recording.to])
  for (let share = 0; share <= 1; share += 1 / 64) {
    const time = from + share * (recording.to - from)
    expect(again.at(time)).toEqual(recording.at(time))
  }
  expect(recordedEvents((await readTrace(fileOf(traceTextOf([again]))))[0]?.recording ?? again)).toEqual(
    recordedEvents(recording),
  )
})

describe('a file is rejected with one sentence', async () => {
  const head = '{"displayTimeUnit":"ms",\n"otherData":{"program":"Skein","version":1},\n"traceEvents":[\n'
  const tail = '],\n"systemTraceEvents":"# tracer: nop\\n",\n"recording":[\n]}\n'
  const wrong: Record<string, readonly [string, RegExp]> = {
    'that is empty': ['', /is not a trace that Skein exported/],
    'of something else': ['{"traceEvents":[]}', /is not a trace that Skein exported/],
    'of no text': ['\u0000\u0001\n\n\n\n', /is not a trace that Skein exported/],
    "of another program's trace": [
      head.replace('Skein', 'Other') + tail,
      /is not a trace that Skein exported/,
    ],
    'of a newer Skein': [head.replace('1}', '2}') + tail, /newer Skein/],
    'that is cut off': [head, /ends too early/],
    'that is cut off behind its events': [`${head}],\n`, /ends too early/],
    'with a list that is no recording': [
      head + tail.replace('recording', 'other'),
      /is not a trace that Skein exported/,
    ],
    'with a line that is no JSON': [`${head}{"ph":\n${tail}`, /damaged in line 4/],
    'with an event that lacks something': [
      `${head}{"ph":"i","cat":"act","pid":1,"args":{"thread":1}}\n${tail}`,
      /damaged in line 4/,
    ],
    'with a number where none can be': [
      `${head}${tail.replace('[\n]}', '[\n{"process":"player","at":1e999}\n]}')}`,
      /damaged in line 7/,
    ],
    'with a time after the year 2100': [
      `${head}${tail.replace('[\n]}', `[\n${sampleAt(1e18)}\n]}`)}`,
      /damaged in line 7/,
    ],
    'with a time before 1970': [
      `${head}${tail.replace('[\n]}', `[\n${sampleAt(-1)}\n]}`)}`,
      /damaged in line 7/,
    ],
    'with an event after the year 2100': [
      `${head}${named(1, 'player')},\n${actOf(1, 1e18)}\n${tail}`,
      /line 5/,
    ],
    'with an event of a process without a name': [`${head}${actOf(7)}\n${tail}`, /damaged in line 4/],
    'with two processes of one name': [
      `${head}${named(1, 'player')},\n${named(2, 'player')}\n${tail}`,
      /damaged in line 5/,
    ],
    'with a process that is named twice': [
      `${head}${named(1, 'player')},\n${named(1, 'host')}\n${tail}`,
      /damaged in line 5/,
    ],
    'with more processes than there can be': [
      `${head}${Array.from({ length: 17 }, (_, pid) => named(pid, `process ${pid}`)).join(',\n')}\n${tail}`,
      /damaged in line 20/,
    ],
    'with more samples than are recorded': [
      `${head}${tail.replace(
        '[\n]}',
        `[\n${Array(2 * maxSamples + 1)
          .fill(sampleAt(1))
          .join(',\n')}\n]}`,
      )}`,
      /damaged in line/,
    ],
  }
  test.each(Object.entries(wrong))('%s', async (_, [text, sentence]) => {
    await expect(readTrace(fileOf(text))).rejects.toThrow(sentence)
    await expect(readTrace(fileOf(text))).rejects.toThrow(/^threads\.json .*[^.]\.$/)
  })

  test('with more events than a recording can have', async () => {
    const events = [named(1, 'player'), named(2, 'host'), actOf(1), actOf(2), actOf(1), actOf(2)]
    const text = `${head}${events.join(',\n')}\n${tail}`
    await expect(readTrace(fileOf(text), 3)).rejects.toThrow(/damaged in line 9/)
    expect(await readTrace(fileOf(text), 4)).toHaveLength(2)
  })

  test('but not for an empty recording', async () => {
    expect(await readTrace(fileOf(head + tail))).toEqual([])
  })
})
