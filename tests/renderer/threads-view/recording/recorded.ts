import {
  ProcessRecording,
  recordedSpan,
} from '../../../../renderer/threads-view/recording/process-recording.ts'
import { traceText } from '../../../../renderer/threads-view/recording/trace-export.ts'
import { Condition, Event, Inspector, Lock, Queue, Semaphore } from '../../../../shared/threading/index.ts'
import { run, until } from '../../../threading/process.ts'
import { acquireThenTell, echo, holdUntil, waitForEvent } from '../../../threading/targets.ts'

/** Records real threads at work with queues, locks, events, semaphores and conditions. */
export async function recordThreads(): Promise<ProcessRecording> {
  const recording = new ProcessRecording('test')
  const inspector = new Inspector()
  const look = () => recording.accept(inspector.look())
  look()
  const [there, back] = [
    new Queue<number | string>({ name: 'there' }),
    new Queue<number | string>({ name: 'back' }),
  ]
  const [lock, held, release] = [
    new Lock({ name: 'door' }),
    new Event({ name: 'held' }),
    new Event({ name: 'go' }),
  ]
  const told = new Queue<string>({ name: 'told' })
  const permits = new Semaphore({ name: 'permits', value: 2 })
  const condition = new Condition({ name: 'turn' })
  const threads = [
    run(echo, [there, back], 'echo'),
    run(holdUntil, [lock, held, release], 'holder'),
    run(waitForEvent, [release, new Queue<boolean>()], 'waiter'),
  ]
  await held.waitAsync()
  threads.push(run(acquireThenTell, [lock, told, 'second'], 'second in line'))
  const blocked = () => inspector.look()
  await until(() => {
    const view = blocked()
    recording.accept(view)
    return view.threads.some(({ name, state }) => name === 'second in line' && state === 'Blocked')
  })
  for (let item = 0; item < 200; item++) {
    there.put(item)
    await back.getAsync()
    if (item % 10 === 0) look()
  }
  permits.acquire(false)
  permits.release()
  await condition.acquireAsync()
  condition.notify()
  condition.release()
  release.set()
  there.put('stop')
  for (const thread of threads) await thread.joinAsync()
  look()
  return recording
}

export const wholeText = (recordings: readonly ProcessRecording[]): string =>
  [...traceText(recordings)].join('')

/** Everything that was recorded, each thread's in its order. */
export const eventsOf = (recording: ProcessRecording) =>
  recording
    .between(recording.to - recordedSpan, recording.to + recordedSpan)
    .sort((one, other) => one.thread - other.thread || one.sequence - other.sequence)
