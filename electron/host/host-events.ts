import { setImmediate } from 'node:timers/promises'
import { type HostEvent, noScan, type ScanProgress } from '../../shared/host-api.ts'
import type { FileProblem, Track } from '../../shared/library/track.ts'
import type { LibraryPublisher } from '../library/library-publisher.ts'
import { writeLog } from '../storage/log.ts'

/** Receives the events in order; the next one waits for the promise, if it returns one. */
export type HostEventListener = (event: HostEvent) => void | Promise<void>

interface Subscriber {
  readonly listener: HostEventListener
  /** What it has of the library's present state. */
  library: LibraryEvent | undefined
  tracks: number
  problems: number
  progress: ScanProgress | undefined
  /** Events that go to every subscriber and are not part of the state. */
  readonly broadcasts: HostEvent[]
  /** Events that go to this subscriber alone. */
  readonly requests: HostEvent[]
  sending: boolean
  gone: boolean
}

type LibraryEvent = Extract<HostEvent, { kind: 'library' }>

const maxItemsPerEvent = 200
/** Milliseconds between two batches of events while a scan runs; the page draws in between. */
const sendInterval = 50

/**
 * The hub of what the host publishes to its pages. A subscriber receives the library's present state first and then
 * what is added, in events of at most 200 tracks, with the event loop free in between.
 */
export class HostEvents implements LibraryPublisher {
  /** Called for each new subscriber. What it sends goes to this one alone, before later events of all. */
  onSubscription: (send: (event: HostEvent) => void) => void = () => {}
  readonly #subscribers = new Set<Subscriber>()
  #library: LibraryEvent = { kind: 'library', folder: undefined, demo: false }
  #tracks: Track[] = []
  #problems: FileProblem[] = []
  #progress: ScanProgress = noScan
  /** Failures from before there was a subscriber; the first one receives them. */
  readonly #undeliveredFailures: HostEvent[] = []
  /** Requests from before there was a subscriber; the first one receives them too. */
  readonly #undeliveredRequests: HostEvent[] = []
  readonly #firstSubscription = Promise.withResolvers<void>()
  #timer: NodeJS.Timeout | undefined
  #sentAt = 0

  /** Resolves at the first subscription. */
  get firstSubscription(): Promise<void> {
    return this.#firstSubscription.promise
  }

  /** Nothing of the former library is sent any more. */
  beginLibrary(folder: string, demo: boolean, progress: ScanProgress): void {
    this.#library = { kind: 'library', folder, demo }
    this.#tracks = []
    this.#problems = []
    this.#progress = progress
    this.#sendNow()
  }

  /** Shows, instead of a library, that a crash interrupted the scan of a folder. `folder` is a display name. */
  beginInterrupted(folder: string): void {
    this.#library = { kind: 'library', folder: undefined, demo: false, interrupted: folder }
    this.#tracks = []
    this.#problems = []
    this.#progress = noScan
    this.#sendNow()
  }

  /** Subscribers receive the first tracks immediately, later ones a few times a second. */
  addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void {
    const isFirst = this.#tracks.length === 0 && tracks.length > 0
    for (const track of tracks) this.#tracks.push(track)
    for (const problem of problems) this.#problems.push(problem)
    this.#progress = progress
    if (isFirst || !progress.running) this.#sendNow()
    else this.#sendSoon()
  }

  /**
   * Publishes one sentence for the user to all pages; to the next one if there is none. `logged` is its text for the log,
   * which contains no title of a song.
   */
  publishFailure(message: string, logged = message): void {
    writeLog('failure', logged)
    const failure: HostEvent = { kind: 'failure', message }
    if (this.#subscribers.size === 0) this.#undeliveredFailures.push(failure)
    this.publish(failure)
  }

  /** Publishes an event to the present pages. */
  publish(event: HostEvent): void {
    for (const subscriber of this.#subscribers) subscriber.broadcasts.push(event)
    this.#sendNow()
  }

  /** Sends a request to one page; to the next one if there is none. The tracks that it names are sent before it. */
  publishToOne(event: HostEvent): void {
    const [page] = this.#subscribers
    const requests = page?.requests ?? this.#undeliveredRequests
    requests.push(event)
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
    this.#firstSubscription.resolve()
    void this.#send(subscriber)
    this.onSubscription((event) => {
      subscriber.broadcasts.push(event)
      void this.#send(subscriber)
    })
    return () => {
      subscriber.gone = true
      this.#subscribers.delete(subscriber)
    }
  }

  #sendSoon(): void {
    if (this.#timer !== undefined) return
    const delay = Math.max(0, this.#sentAt + sendInterval - performance.now())
    this.#timer = setTimeout(() => this.#sendNow(), delay)
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
      // The first event too is sent after subscribe() has returned.
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
      // A subscriber that cannot receive any more has left.
      this.#subscribers.delete(subscriber)
    } finally {
      subscriber.sending = false
    }
  }

  /** Returns the subscriber's next event; undefined when it has received everything. */
  #nextEvent(subscriber: Subscriber): HostEvent | undefined {
    if (subscriber.gone) return undefined
    if (subscriber.library !== this.#library) {
      Object.assign(subscriber, { library: this.#library, tracks: 0, problems: 0, progress: undefined })
      return this.#library
    }
    const broadcast = subscriber.broadcasts.shift()
    if (broadcast !== undefined) return broadcast
    const [request] = subscriber.requests
    const hasTracks = subscriber.tracks === this.#tracks.length
    if (request !== undefined && (hasTracks || !needsTracks(request))) return subscriber.requests.shift()
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

/** Whether a request names tracks, which a page must know before. */
function needsTracks({ kind }: HostEvent): boolean {
  return kind === 'play' || kind === 'enqueue' || kind === 'resume'
}
