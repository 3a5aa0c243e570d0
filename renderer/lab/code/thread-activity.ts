import type { ProcessView, ThreadView } from '@skein/threading/inspect'
import { objectLabel } from '../../threads-view/model/text-format.ts'

/** What a thread is doing, in words: `stands before write of Cell counter`. */
export function describeActivity(thread: ThreadView, view: ProcessView): string {
  const { state, gate, waiting, error } = thread
  if (state === 'Terminated') return error === undefined ? 'has ended' : `ended: ${error}`
  if (gate !== undefined) {
    const where = gate.act === 'begin' ? 'its first step' : `${gate.act}${describeObject(gate.object, view)}`
    return thread.control === 'paused' ? `stands before ${where}` : `comes slowly to ${where}`
  }
  if (waiting !== undefined)
    return `${state === 'Blocked' ? 'is blocked in' : 'waits in'} ${waiting.operation}${describeObject(waiting.object, view)}`
  return thread.control === 'paused' ? 'runs to its next operation' : 'runs'
}

function describeObject(id: number, { objects }: ProcessView): string {
  const object = objects.find((one) => one.id === id)
  return object === undefined ? '' : ` of ${objectLabel(object.kind, object.name, object.id)}`
}
