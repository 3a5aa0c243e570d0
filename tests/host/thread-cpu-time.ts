/** Returns the milliseconds for which this thread has used a processor. A busy machine does not change them much. */
export function threadCpuTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
