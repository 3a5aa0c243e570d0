import type { KindDescription } from './kind-description.ts'

/** A watched number in shared memory. No thread waits for it. */
export const cellKind: KindDescription = {
  sortPosition: 12,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'value',
    of: ({ value }) => value,
    after: ({ act, value }) => (act === 'read' || act === 'write' ? value : undefined),
  },
  series: { of: ({ value }) => value, isReportedBy: (operation) => operation === 'write', weight: 1 },
  applyOperation: (object, { value }) => {
    object.value = value
  },
  waits: undefined,
  acquisition: undefined,
  texts: {
    value: () => undefined,
    result: ({ act, value }) => (act === 'read' || act === 'write' ? String(value) : ''),
  },
}
