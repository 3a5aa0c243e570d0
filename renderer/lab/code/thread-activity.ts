import type { ProcessView, ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { objectLabel } from '../../threads-view/model/text-format.ts'

/** Describes what a thread is doing: `is paused before write of Cell counter`. */
export function describeActivity(thread: ThreadView, view: ProcessView): string {
  const { state, gate, waiting, error } = thread
  if (state === 'Terminated')
    return error === undefined ? m.lab_activity_ended() : m.lab_activity_failed({ error })
  const isPaused = thread.control === 'paused'
  if (gate !== undefined) {
    const operation =
      gate.act === 'begin' ? m.lab_activity_first_operation() : describeOperation(gate.act, gate.object, view)
    return isPaused ? m.lab_activity_paused({ operation }) : m.lab_activity_slowed({ operation })
  }
  if (waiting !== undefined) {
    const operation = describeOperation(waiting.operation, waiting.object, view)
    return state === 'Blocked' ? m.lab_activity_blocked({ operation }) : m.lab_activity_waiting({ operation })
  }
  return isPaused ? m.lab_activity_pausing() : m.lab_activity_running()
}

function describeOperation(operation: string, id: number, { objects }: ProcessView): string {
  const object = objects.find((candidate) => candidate.id === id)
  if (object === undefined) return operation
  return m.lab_operation_of_object({
    operation,
    object: objectLabel(object.kind, object.name, object.id),
  })
}
