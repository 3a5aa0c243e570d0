import type { ObjectView, ProcessView, ThreadView } from '@skein/threading/inspect'

/** The threads and objects of a process as text, for a person who looks for the cause of a failure. */
export function dump(view: ProcessView): string {
  return [
    'Threads:',
    ...view.threads.map((thread) => `  ${describeThread(thread, view)}`),
    'Objects:',
    ...view.objects.map((object) => `  ${describeObject(object)}`),
  ].join('\n')
}

function describeThread(thread: ThreadView, view: ProcessView): string {
  const nameOf = (id: number) => view.objects.find((object) => object.id === id)?.name ?? id
  const waits = [...(thread.waiting === undefined ? [] : [thread.waiting]), ...thread.awaiting]
  const duration = `for ${(view.at - thread.since).toFixed(0)} ms`
  const parts = [
    `${thread.id} ${thread.name}: ${thread.state} ${duration}`,
    ...waits.map(({ object, operation }) => `${operation} on ${nameOf(object)}`),
    ...(thread.until === undefined ? [] : [`until ${(thread.until - view.at).toFixed(0)} ms from now`]),
    ...(thread.error === undefined ? [] : [`error: ${thread.error}`]),
  ]
  return parts.join(', ')
}

function describeObject(object: ObjectView): string {
  const { id, kind, name, waiters, ...fields } = object
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined)
  return [
    `${id} ${kind} ${name}:`,
    ...shown.map(([key, value]) => `${key} ${value}`),
    ...(waiters.length > 0 ? [`awaited by ${waiters.join(' ')}`] : []),
  ].join(' ')
}
