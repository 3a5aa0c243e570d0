import { expect, test } from 'vitest'
import { playRecorder } from '../../../renderer/session/record-plays.ts'

test('each play is sent to the host once, also if a replaced thread repeats it', () => {
  const sent: number[] = []
  const record = playRecorder({ recordPlay: async (id) => void sent.push(id) })
  for (const [number, track] of [
    [1, 11],
    [1, 11],
    [2, 11],
    [3, 12],
    [3, 12],
  ] as const)
    record({ number, track })
  expect(sent).toEqual([11, 11, 12])
})
