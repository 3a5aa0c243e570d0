import { setImmediate } from 'node:timers/promises'
import type { HostEvent, ScanProgress } from '../../shared/host-api.ts'
import type { FileProblem, Track } from '../../shared/library/track.ts'

/** Gets the events in order; the next one waits for the promise, if it answers one. */
export type HostEventListener = (event: HostEvent) => void | Promise<void>

interface Subscriber {
  readonly listener: HostEventListener
  /** What it has of the feed's present state. */
  library: LibraryEvent | undefined
  tracks: number
  problems: number
  progress: ScanProgress | undefined
  /** Told once and not part of the state, in order. */
  readonly broadcasts: HostEvent[]
  readonly requests: HostEvent[]
  sending: boolean
  gone: boolean
}

type LibraryEvent = Extract<HostEvent, { kind: 'library' }>

const maxItemsPerEvent = 200
/** Milliseconds between two sendings while a scan runs; the page has to draw in between. */
const sendInterval = 50

export const noScan: ScanProgress = {
  running: false,
  found: 0,
  walked: false,
  read: 0,
  unreadable: 0,
  stopped: false,
}

/**
 * The library's present state and those who follow it. A subscriber is told the state first and then what is added,
 * in events of at most 200 tracks, with the event loop free in between.
 */
export class HostEvents {
  readonly #subscribers = new Set<Subscriber>()
  #library: LibraryEvent = { kind: 'library', folder: undefined, demo: false }
  #tracks: Track[] = []
  #problems: FileProblem[] = []
  #progress: ScanProgress = noScan
  /** Failures from before anyone listened; the first subscriber gets them. */
  readonly #undeliveredFailures: HostEvent[] = []
  /** Orders from before anyone listened; the first subscriber gets them too. */
  readonly #undeliveredRequests: HostEvent[] = []
  #timer: NodeJS.Timeout | undefined
  #sentAt = 0

  get progress(): ScanProgress {
    return this.#progress
  }

  /** A library begins, and nothing of the former one is sent any more. */
  beginLibrary(folder: string, demo: boolean, progress: ScanProgress): void {
    this.#library = { kind: 'library', folder, demo }
    this.#tracks = []
    this.#problems = []
    this.#progress = progress
    this.#sendNow()
  }

  /** Adds what was read. Subscribers get the first tracks at once, later ones a few times a second. */
  add(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void {
    const isFirst = this.#tracks.length === 0 && tracks.length > 0
    for (const track of tracks) this.#tracks.push(track)
    for (const problem of problems) this.#problems.push(problem)
    this.#progress = progress
    if (isFirst || !progress.running) this.#sendNow()
    else this.#sendSoon()
  }

  publishFailure(message: string): void {
    const failure: HostEvent = { kind: 'failure', message }
    if (this.#subscribers.size === 0) this.#undeliveredFailures.push(failure)
    this.publish(failure)
  }

  /** Tells those who listen now. */
  publish(event: HostEvent): void {
    for (const subscriber of this.#subscribers) subscriber.broadcasts.push(event)
    this.#sendNow()
  }

  /** What one page is to do, the next one if there is none now. The tracks that it names come before it. */
  publishToOne(event: HostEvent): void {
    const [page] = this.#subscribers
    const orders = page?.requests ?? this.#undeliveredRequests
    orders.push(event)
    this.#sendNow()
  }

  subscribe(listener: HostEventListener): () => void {
    const subscriber: Subscriber = {
      listener,
      library: undefined,
      tracks: 0,
      problems: 0,
      progress: undefined,
      broadcasts: this.#undeliveredFailures.splice(0),
      requests: this.#undeliveredRequests.splice(0),
      sending: false,
      gone: false,
    }
    this.#subscribers.add(subscriber)
    void this.#send(subscriber)
    return () => {
      subscriber.gone = true
      this.#subscribers.delete(subscriber)
    }
  }

  #sendSoon(): void {
    if (this.#timer !== undefined) return
    const wait = Math.max(0, this.#sentAt + sendInterval - performance.now())
    this.#timer = setTimeout(() => this.#sendNow(), wait)
  }

  #sendNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sentAt = performance.now()
    for (const subscriber of this.#subscribers) void this.#send(subscriber)
  }

  async #send(subscriber: Subscriber): Promise<void> {
    if (subscriber.sending) return
    subscriber.sending = true
    try {
      // The first event too comes after subscribe() has answered.
      await setImmediate()
      for (
        let event = this.#nextEvent(subscriber);
        event !== undefined;
        event = this.#nextEvent(subscriber)
      ) {
        await subscriber.listener(event)
        await setImmediate()
      }
    } catch {
      // Who cannot be told any more has left.
      this.#subscribers.delete(subscriber)
    } finally {
      subscriber.sending = false
    }
  }

  /** What this subscriber has to be told next; undefined when it has everything. */
  #nextEvent(subscriber: Subscriber): HostEvent | undefined {
    if (subscriber.gone) return undefined
    if (subscriber.library !== this.#library) {
      Object.assign(subscriber, { library: this.#library, tracks: 0, problems: 0, progress: undefined })
      return this.#library
    }
    const remark = subscriber.broadcasts.shift()
    if (remark !== undefined) return remark
    const [order] = subscriber.requests
    const hasTracks = subscriber.tracks === this.#tracks.length
    if (order !== undefined && (hasTracks || !needsTracks(order))) return subscriber.requests.shift()
    if (!hasTracks) {
      const tracks = this.#tracks.slice(subscriber.tracks, subscriber.tracks + maxItemsPerEvent)
      subscriber.tracks += tracks.length
      return { kind: 'tracks', tracks }
    }
    if (subscriber.problems < this.#problems.length) {
      const problems = this.#problems.slice(subscriber.problems, subscriber.problems + maxItemsPerEvent)
      subscriber.problems += problems.length
      return { kind: 'problems', problems }
    }
    if (subscriber.progress === this.#progress) return undefined
    subscriber.progress = this.#progress
    return { kind: 'scan', progress: this.#progress }
  }
}

/** Whether an order names tracks, which a page must know before. */
function needsTracks({ kind }: HostEvent): boolean {
  return kind === 'play' || kind === 'enqueue' || kind === 'resume'
}
