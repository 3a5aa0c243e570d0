import { expect, test } from 'vitest'
import { sendToAll, type ThreadControls } from '../../../../renderer/threads-view/control/thread-controls.ts'

const keys = [
  { process: 'host', id: 2, name: 'scan-1' },
  { process: 'lab', id: 3, name: 'adder-1' },
]
const thrown = (error: unknown) => () => {
  throw error
}
const command = { kind: 'pause' } as const

test('with all threads in scope an ended thread is no failure, any other failure is', async () => {
  const ended: ThreadControls = {
    host: () => Promise.resolve('ended'),
    lab: () => 'ended',
  }
  expect(await sendToAll(ended, 'all', keys, command)).toEqual([])
  const broken: ThreadControls = { ...ended, host: thrown(new Error('Skein does not answer any more.')) }
  expect(await sendToAll(broken, 'all', keys, command)).toEqual(['scan-1: Skein does not answer any more.'])
})

test('with one thread in scope its end is reported', async () => {
  const ended: ThreadControls = { host: () => 'ended' }
  expect(await sendToAll(ended, keys[0]!, keys.slice(0, 1), command)).toEqual([
    'scan-1: That thread has ended.',
  ])
})

test('an error of another realm is reported by its message', async () => {
  // An error of a frame is not an instance of this window's Error.
  const foreign = { name: 'RuntimeError', message: 'main cannot be held', toString: () => 'RuntimeError' }
  expect(await sendToAll({ lab: thrown(foreign) }, 'all', keys.slice(1), command)).toEqual([
    'adder-1: main cannot be held',
  ])
})
