import { type ObjectKind, type OperationEvent, operationFailed } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'

/** Returns an object's value after an operation as a text; empty if there is none to show. */
export function operationResultText(event: OperationEvent, kind: ObjectKind | undefined): string {
  if (event.value === operationFailed) return m.threads_operation_failed()
  return kind === undefined ? '' : kindDescriptions[kind].texts.result(event)
}
