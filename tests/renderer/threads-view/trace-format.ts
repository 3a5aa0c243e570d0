/**
 * Checks a trace against the description of the Trace Event Format (JSON object and array form): what each phase
 * must carry, how slices of a thread lie within each other, that flows begin and end, that counters count. Written
 * from the description, and knowing nothing of what Skein writes.
 */

interface Event {
  readonly [field: string]: unknown
}

/** What is wrong with a trace, a sentence each; empty for a trace that keeps the rules. */
export function problemsOf(trace: unknown): string[] {
  const problems: string[] = []
  const events = eventsOf(trace, problems)
  const checked = events.filter((event, index) => checkEvent(event, index, problems))
  for (const rule of [checkPairs, checkSlices, checkAsync, checkFlows, checkNames]) rule(checked, problems)
  return problems
}

const isObject = (value: unknown): value is Event =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isId = (value: unknown): boolean => isText(value) || (isNumber(value) && Number.isInteger(value))

function eventsOf(trace: unknown, problems: string[]): unknown[] {
  if (Array.isArray(trace)) return trace
  if (!isObject(trace)) return fail(problems, 'a trace is an array of events or an object')
  const { traceEvents, displayTimeUnit, systemTraceEvents, otherData } = trace
  if (displayTimeUnit !== undefined && displayTimeUnit !== 'ms' && displayTimeUnit !== 'ns')
    problems.push('displayTimeUnit is ms or ns')
  if (
    systemTraceEvents !== undefined &&
    !(isText(systemTraceEvents) && systemTraceEvents.startsWith('# tracer:'))
  )
    problems.push('systemTraceEvents is a text that begins with "# tracer:"')
  if (otherData !== undefined && !isObject(otherData)) problems.push('otherData is an object')
  return Array.isArray(traceEvents) ? traceEvents : fail(problems, 'an object has the array traceEvents')
}

function fail(problems: string[], problem: string): never[] {
  problems.push(problem)
  return []
}

const phases = 'B E X i I C b n e s t f N O D M P R c v V ( )'.split(' ')

/** Whether the event can be looked at further. */
function checkEvent(event: unknown, index: number, problems: string[]): event is Event {
  const wrong = (what: string): void => void problems.push(`event ${index}: ${what}`)
  if (!isObject(event)) return wrong('is not an object') as never
  const { ph, name, cat, ts, pid, tid, args } = event
  if (!isText(ph) || !phases.includes(ph)) return wrong(`has no known phase: ${String(ph)}`) as never
  if (!isText(name) && ph !== 'E') wrong('has no name')
  if (cat !== undefined && !isText(cat)) wrong('has a category that is no text')
  if (ph !== 'M' && !(isNumber(ts) && ts >= 0)) wrong('has no time')
  if (!isNumber(pid) || !Number.isInteger(pid)) wrong('has no process')
  if (!isNumber(tid) || !Number.isInteger(tid)) wrong('has no thread')
  if (args !== undefined && !isObject(args)) wrong('has args that are no object')
  for (const what of fieldsOf(ph, event)) wrong(what)
  return true
}

/** What the phase of an event asks of it and is not there. */
function fieldsOf(ph: string, { dur, s, id, id2, bp, cat, args, name }: Event): string[] {
  switch (ph) {
    case 'X':
      return isNumber(dur) && dur >= 0 ? [] : ['is a complete event without a duration from 0 on']
    case 'i':
    case 'I':
      return s === undefined || s === 'g' || s === 'p' || s === 't' ? [] : ['has a scope other than g, p, t']
    case 'C':
      return isObject(args) && Object.keys(args).length > 0 && Object.values(args).every(isNumber)
        ? []
        : ['is a counter whose args are not numbers']
    case 'b':
    case 'n':
    case 'e':
      return isText(cat) && (isId(id) || isObject(id2)) ? [] : ['is asynchronous without category or id']
    case 's':
    case 't':
    case 'f':
      if (!isId(id)) return ['is a flow without an id']
      return bp === undefined || (bp === 'e' && ph === 'f') ? [] : ['binds to something other than e']
    case 'N':
    case 'D':
      return isId(id) ? [] : ['is an object without an id']
    case 'O':
      return isId(id) && isObject(args) && 'snapshot' in args ? [] : ['is a snapshot without id or snapshot']
    case 'M':
      return metadataProblem(name, args)
    default:
      return []
  }
}

function metadataProblem(name: unknown, args: unknown): string[] {
  const given = isObject(args) ? args : {}
  switch (name) {
    case 'process_name':
    case 'thread_name':
      return isText(given.name) ? [] : [`is a ${name} without a name`]
    case 'process_labels':
      return isText(given.labels) ? [] : ['is process_labels without labels']
    case 'process_sort_index':
    case 'thread_sort_index':
      return isNumber(given.sort_index) ? [] : [`is a ${name} without a number`]
    default:
      return [`is metadata that nobody knows: ${String(name)}`]
  }
}

const trackOf = ({ pid, tid }: Event): string => `thread ${pid}/${tid}`

/** B and E of a thread come in the order of their times, each E ends the B before it, and none is left over. */
function checkPairs(events: readonly Event[], problems: string[]): void {
  const open = new Map<string, Event[]>()
  const latest = new Map<string, number>()
  for (const event of events) {
    if (event.ph !== 'B' && event.ph !== 'E') continue
    const track = trackOf(event)
    const ts = Number(event.ts)
    if (ts < (latest.get(track) ?? 0)) problems.push(`${track}: B and E go back in time at ${ts}`)
    latest.set(track, ts)
    const stack = open.get(track) ?? []
    open.set(track, stack)
    if (event.ph === 'B') stack.push(event)
    else {
      const begun = stack.pop()
      if (begun === undefined) problems.push(`${track}: E without B at ${ts}`)
      else if (event.name !== undefined && event.name !== begun.name)
        problems.push(`${track}: E of ${event.name} ends B of ${begun.name}`)
    }
  }
  for (const [track, stack] of open) if (stack.length > 0) problems.push(`${track}: B without E`)
}

interface Slice {
  readonly from: number
  readonly to: number
}

/** Whole ns: microseconds with three decimals add up wrongly otherwise. */
const ns = (micros: unknown): number => Math.round(Number(micros) * 1000)

function slicesOf(events: readonly Event[]): Map<string, Slice[]> {
  const slices = new Map<string, Slice[]>()
  for (const event of events) {
    if (event.ph !== 'X') continue
    const slice = { from: ns(event.ts), to: ns(event.ts) + ns(event.dur) }
    const track = trackOf(event)
    slices.set(track, [...(slices.get(track) ?? []), slice])
  }
  for (const own of slices.values()) own.sort((one, other) => one.from - other.from || other.to - one.to)
  return slices
}

/** Complete events of a thread lie beside or within each other. */
function checkSlices(events: readonly Event[], problems: string[]): void {
  for (const [track, slices] of slicesOf(events)) {
    const open: Slice[] = []
    for (const slice of slices) {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) <= slice.from) open.pop()
      const outer = open.at(-1)
      if (outer !== undefined && slice.to > outer.to)
        problems.push(`${track}: slices overlap at ${slice.from} ns`)
      open.push(slice)
    }
  }
}

function checkAsync(events: readonly Event[], problems: string[]): void {
  const open = new Map<string, number>()
  for (const event of inTime(events)) {
    const { ph, cat, id, id2, scope } = event
    if (ph !== 'b' && ph !== 'e') continue
    const key = `${String(cat)} ${String(scope)} ${JSON.stringify(id ?? id2)}`
    const depth = (open.get(key) ?? 0) + (ph === 'b' ? 1 : -1)
    if (depth < 0) problems.push(`asynchronous ${key}: e without b`)
    open.set(key, Math.max(0, depth))
  }
  for (const [key, depth] of open) if (depth > 0) problems.push(`asynchronous ${key}: b without e`)
}

const inTime = (events: readonly Event[]): Event[] =>
  [...events].sort((one, other) => Number(one.ts) - Number(other.ts))

/** A flow begins once, ends, never before it began, and both in slices that are there. */
function checkFlows(events: readonly Event[], problems: string[]): void {
  const slices = slicesOf(events)
  const flows = new Map<string, Event[]>()
  for (const event of events) {
    if (event.ph !== 's' && event.ph !== 't' && event.ph !== 'f') continue
    const key = `flow ${String(event.cat)} ${String(event.name)} ${String(event.id)}`
    flows.set(key, [...(flows.get(key) ?? []), event])
    const at = ns(event.ts)
    const own = slices.get(trackOf(event)) ?? []
    if (!own.some(({ from, to }) => from <= at && at <= to)) problems.push(`${key}: lies in no slice`)
  }
  for (const [key, flow] of flows) {
    const starts = flow.filter(({ ph }) => ph === 's')
    const ends = flow.filter(({ ph }) => ph === 'f')
    if (starts.length !== 1) problems.push(`${key}: begins ${starts.length} times`)
    if (ends.length === 0) problems.push(`${key}: does not end`)
    const begin = Number(starts[0]?.ts)
    if (flow.some(({ ts }) => Number(ts) < begin)) problems.push(`${key}: goes back in time`)
  }
}

/** Every thread and process that does something has a name. */
function checkNames(events: readonly Event[], problems: string[]): void {
  const named = new Set<string>()
  for (const { ph, name, pid, tid } of events) {
    if (ph !== 'M') continue
    if (name === 'process_name') named.add(`${pid}`)
    if (name === 'thread_name') named.add(`${pid} ${tid}`)
  }
  const silent = new Set<string>()
  for (const { ph, pid, tid } of events) {
    if (ph === 'M') continue
    if (!named.has(`${pid}`)) silent.add(`process ${pid} has no name`)
    if (ph !== 'C' && !named.has(`${pid} ${tid}`)) silent.add(`thread ${pid}/${tid} has no name`)
  }
  problems.push(...silent)
}
