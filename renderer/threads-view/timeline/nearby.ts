import { actNames, noSuccess } from '../../../shared/threading/view.ts'
import type { Ring } from '../happenings/ring.ts'
import type { ProcessModel } from '../process-model.ts'
import { count, timeOfDay } from '../words.ts'

/** So many things are told one by one. */
const mostTold = 3

/** What a thread did and whom it woke between two moments, a line each. */
export function nearby(process: ProcessModel, thread: number, from: number, to: number): readonly string[] {
  const { happenings } = process
  const lines: { at: number; text: string }[] = []
  let more = 0
  const tell = (ring: Ring | undefined, words: (ring: Ring, entry: number) => string): void => {
    if (!ring) return
    for (let entry = ring.firstFrom(from); entry < ring.end && ring.at(entry) <= to; entry++) {
      if (lines.length >= mostTold) more++
      else lines.push({ at: ring.at(entry), text: words(ring, entry) })
    }
  }
  tell(happenings.acts(thread), (ring, entry) => actSentence(process, ring, entry))
  tell(happenings.wakers().get(thread), (ring, entry) => wakeSentence(process, ring, entry))
  const told = lines.sort((a, b) => a.at - b.at).map(({ at, text }) => `${text} at ${timeOfDay(at)}`)
  return more === 0 ? told : [...told, `and ${count(more, 'more thing', 'more things')} close by`]
}

/** `put in Queue commands: 3 afterwards`. */
function actSentence(process: ProcessModel, ring: Ring, entry: number): string {
  const what = `${actText(ring, entry)} ${process.label(ring.object(entry))}`
  const value = valueWords(ring, entry)
  return value === '' ? what : `${what}: ${value}`
}

function wakeSentence(process: ProcessModel, ring: Ring, entry: number): string {
  return `woke ${process.threadName(ring.value(entry))} through ${process.label(ring.object(entry))}`
}

/** `put`, `get without success`. */
function actText(ring: Ring, entry: number): string {
  const name = actWords[actNames[ring.code(entry)] ?? 'begin']
  return ring.value(entry) === noSuccess ? `${name} without success:` : name
}

const actWords = {
  begin: 'began,',
  acquire: 'acquired',
  release: 'released',
  put: 'put into',
  get: 'got from',
  taskDone: 'task done in',
  set: 'set',
  clear: 'cleared',
  notify: 'notified',
  wait: 'waits in',
  join: 'joined',
  start: 'started',
  read: 'read',
  write: 'wrote',
} as const

/** What the object held afterwards; empty where that says nothing. */
export function valueWords(ring: Ring, entry: number): string {
  const value = ring.value(entry)
  if (value === noSuccess) return ''
  switch (actNames[ring.code(entry)]) {
    case 'put':
    case 'get':
      return `${count(value, 'item', 'items')} afterwards`
    case 'taskDone':
      return `${value} unfinished`
    case 'notify':
      return `${value} woken`
    case 'read':
    case 'write':
      return String(value)
    default:
      return ''
  }
}
