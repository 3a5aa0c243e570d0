import { beforeAll, describe, expect, test } from 'vitest'
import { readTrace } from '../../../../renderer/threads-view/recording/trace-import.ts'
import { watchActs } from '../../../../shared/threading/index.ts'
import { inProcess } from '../../../threading/process.ts'
import { eventsOf, recordThreads, wholeText } from './recorded.ts'

inProcess()
beforeAll(() => watchActs(true))

const fileOf = (text: string): File => new File([text], 'threads.json')

test('a trace is read back event for event, and shows every moment as it was', async () => {
  const recording = await recordThreads()
  const [process, ...others] = await readTrace(fileOf(wholeText([recording])))
  expect(others).toEqual([])
  const again = process?.recording
  if (again === undefined) throw new Error('nothing was read')
  expect(again.process).toBe('test')
  expect(eventsOf(again)).toEqual(eventsOf(recording))
  const from = recording.from ?? 0
  expect([again.from, again.to]).toEqual([recording.from, recording.to])
  for (let share = 0; share <= 1; share += 1 / 64) {
    const time = from + share * (recording.to - from)
    expect(again.at(time)).toEqual(recording.at(time))
  }
  const queue = recording.at(recording.to).objects.find(({ name }) => name === 'there')
  expect(again.seriesOf(queue?.id ?? 0, from, recording.to)).toEqual(
    recording.seriesOf(queue?.id ?? 0, from, recording.to),
  )
  expect(eventsOf((await readTrace(fileOf(wholeText([again]))))[0]?.recording ?? again)).toEqual(
    eventsOf(recording),
  )
})

describe('a file is refused with one sentence', async () => {
  const head = '{"displayTimeUnit":"ms",\n"otherData":{"program":"Skein","version":1},\n"traceEvents":[\n'
  const tail = '],\n"systemTraceEvents":"# tracer: nop\\n",\n"recording":[\n]}\n'
  const wrong: Record<string, readonly [string, RegExp]> = {
    'that is empty': ['', /is not a trace as Skein exports it/],
    'of something else': ['{"traceEvents":[]}', /is not a trace as Skein exports it/],
    'of no text': ['\u0000\u0001\n\n\n\n', /is not a trace as Skein exports it/],
    "of another program's trace": [
      head.replace('Skein', 'Other') + tail,
      /is not a trace as Skein exports it/,
    ],
    'of a newer Skein': [head.replace('1}', '2}') + tail, /newer Skein/],
    'that is cut off': [head, /ends too early/],
    'that is cut off behind its events': [`${head}],\n`, /is not a trace as Skein exports it/],
    'with a line that is no JSON': [`${head}{"ph":\n${tail}`, /damaged in line 4/],
    'with an event that lacks something': [
      `${head}{"ph":"i","cat":"act","pid":1,"args":{"thread":1}}\n${tail}`,
      /damaged in line 4/,
    ],
    'with a number where none can be': [
      `${head}${tail.replace('[\n]}', '[\n{"process":"player","at":1e999}\n]}')}`,
      /damaged in line 7/,
    ],
  }
  test.each(Object.entries(wrong))('%s', async (_, [text, sentence]) => {
    await expect(readTrace(fileOf(text))).rejects.toThrow(sentence)
    await expect(readTrace(fileOf(text))).rejects.toThrow(/^threads\.json .*[^.]\.$/)
  })

  test('unless it is whole', async () => {
    expect(await readTrace(fileOf(head + tail))).toEqual([])
  })
})
