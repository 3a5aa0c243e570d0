/** Scenarios that fail: each must fail, so that the list shrinks as the library is repaired. */
export const knownFailures: ReadonlySet<string> = new Set([
  'Death: a Condition that is made and disposed of, crashes',
  'Death: a Condition that is made and disposed of, is killed',
  'Death: Thread.start, crashes',
  'Death: Thread.start, is killed',
  'Death: a worker, crashes',
  'Death: a worker, is killed',
])
