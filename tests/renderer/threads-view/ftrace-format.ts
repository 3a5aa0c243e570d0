/** Reads the text of Linux's ftrace strictly, and follows which thread runs on which processor. */

const line =
  /^ *(?<comm>\S+)-(?<pid>\d+) +\( *(?<tgid>\d+|-{5})\) \[(?<cpu>\d{3,})\] \.{4} +(?<at>\d+\.\d{6}): (?<name>\w+): (?<args>.+)$/
const switched =
  /^prev_comm=(?<prevComm>\S+) prev_pid=(?<prev>\d+) prev_prio=\d+ prev_state=(?<state>[RSDX]) ==> next_comm=(?<nextComm>\S+) next_pid=(?<next>\d+) next_prio=\d+$/
const waking = /^comm=(?<comm>\S+) pid=(?<pid>\d+) prio=\d+ target_cpu=(?<cpu>\d{3,})$/

/** How long each thread was in each state of the kernel, in µs, by its number. */
export interface Followed {
  readonly problems: readonly string[]
  readonly switches: readonly { at: number; prev: number; next: number; state: string }[]
  readonly wakings: readonly { at: number; waker: number; woken: number }[]
}

export function followFtrace(text: string): Followed {
  const problems: string[] = []
  const switches: { at: number; prev: number; next: number; state: string }[] = []
  const wakings: { at: number; waker: number; woken: number }[] = []
  if (!text.startsWith('# tracer: nop\n')) problems.push('does not begin with its tracer')
  if (!text.endsWith('\n')) problems.push('does not end with a line')
  const running = new Map<string, number>()
  let latest = 0
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw === '' || raw.startsWith('#')) continue
    const found = line.exec(raw)?.groups
    if (!found) {
      problems.push(`line ${index + 1} is no event: ${raw}`)
      continue
    }
    const at = Math.round(Number(found.at) * 1e6)
    if (at < latest) problems.push(`line ${index + 1} goes back in time`)
    latest = at
    const [pid, cpu] = [Number(found.pid), found.cpu ?? '']
    if (found.name === 'sched_switch') {
      const change = switched.exec(found.args ?? '')?.groups
      if (!change) {
        problems.push(`line ${index + 1} is no sched_switch: ${raw}`)
        continue
      }
      const [prev, next] = [Number(change.prev), Number(change.next)]
      if ((running.get(cpu) ?? 0) !== prev) problems.push(`line ${index + 1}: ${prev} did not run on ${cpu}`)
      if (pid !== prev) problems.push(`line ${index + 1} is told by ${pid} of ${prev}`)
      running.set(cpu, next)
      switches.push({ at, prev, next, state: change.state ?? '' })
    } else if (found.name === 'sched_waking') {
      const wake = waking.exec(found.args ?? '')?.groups
      if (!wake) problems.push(`line ${index + 1} is no sched_waking: ${raw}`)
      else wakings.push({ at, waker: pid, woken: Number(wake.pid) })
    } else problems.push(`line ${index + 1} has no known event: ${found.name}`)
  }
  return { problems, switches, wakings }
}
