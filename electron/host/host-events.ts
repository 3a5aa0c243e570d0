import { setImmediate } from 'node:timers/promises'
import { type HostEvent, noScan, type ScanProgress } from '../../shared/host-api.ts'
import type { StoredTracks } from '../../shared/library/stored-track.ts'
import type { FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import type { LibraryPublisher, ReadTracks } from '../library/scanning/library-publisher.ts'
import { writeLog } from '../storage/log.ts'
import { TrackChanges } from './track-changes.ts'

/** Receives the events in order; the next one waits for the promise, if it returns one. */
export type HostEventListener = (event: HostEvent) => void | Promise<void>

interface Subscriber {
  readonly listener: HostEventListener
  /** What it has of the library's present state. */
  library: LibraryEvent | undefined
  /** The tracks that it has yet to read; undefined when it has all of them. */
  tracks: AsyncIterator<readonly Track[] | StoredTracks> | undefined
  /** What has changed since it began to read. */
  changes: TrackChanges
  /** The list of problems that it knows, and how many of them. */
  problemList: readonly FileProblem[]
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

const readNoTracks: ReadTracks = async function* () {}

/**
 * The hub of what the host publishes to its pages. A subscriber receives the library's present state first and then
 * what changes, in events of at most 200 tracks or one chunk of stored ones, with the event loop free in between. The tracks themselves are not kept
 * here: each subscriber reads them from the library.
 */
export class HostEvents implements LibraryPublisher {
  /** Called for each new subscriber. What it sends goes to this one alone, before later events of all. */
  onSubscription: (send: (event: HostEvent) => void) => void = () => {}
  readonly #subscribers = new Set<Subscriber>()
  #library: LibraryEvent = { kind: 'library', folder: undefined, demo: false }
  #readTracks = readNoTracks
  #hasTracks = false
  #problems: FileProblem[] = []
  readonly #knownProblems = new Set<string>()
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
  beginLibrary(
    folder: string | undefined,
    demo: boolean,
    progress: ScanProgress,
    readTracks: ReadTracks,
  ): void {
    this.#begin({ kind: 'library', folder, demo }, progress, readTracks)
  }

  /** Shows, instead of a library, that a crash interrupted the scan of a folder. `folder` is a display name. */
  beginInterrupted(folder: string): void {
    const library = { kind: 'library', folder: undefined, demo: false, interrupted: folder } as const
    this.#begin(library, noScan, readNoTracks)
  }

  /** Subscribers receive the first tracks immediately, later ones a few times a second. */
  addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void {
    const isFirst = !this.#hasTracks && tracks.length > 0
    this.#hasTracks ||= tracks.length > 0
    for (const { changes } of this.#subscribers) changes.add(tracks)
    this.#addProblems(problems)
    this.#progress = progress
    if (isFirst || !progress.running) this.#sendNow()
    else this.#sendSoon()
  }

  removeTracks(ids: readonly TrackId[]): void {
    for (const { changes } of this.#subscribers) changes.remove(ids)
    this.#sendSoon()
  }

  clearProblems(): void {
    this.#forgetProblems()
    this.#sendSoon()
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
      tracks: undefined,
      changes: new TrackChanges(),
      problemList: this.#problems,
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

  #begin(library: LibraryEvent, progress: ScanProgress, readTracks: ReadTracks): void {
    this.#library = library
    this.#readTracks = readTracks
    this.#hasTracks = false
    this.#forgetProblems()
    this.#progress = progress
    // What has changed in the former library concerns nobody any more.
    for (const subscriber of this.#subscribers) subscriber.changes = new TrackChanges()
    this.#sendNow()
  }

  /** A later scan reports the problems of files that have not changed again. */
  #addProblems(problems: readonly FileProblem[]): void {
    for (const problem of problems) {
      const key = JSON.stringify([problem.path, problem.reason])
      if (this.#knownProblems.has(key)) continue
      this.#knownProblems.add(key)
      this.#problems.push(problem)
    }
  }

  #forgetProblems(): void {
    this.#problems = []
    this.#knownProblems.clear()
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
        let event = await this.#nextEvent(subscriber);
        event !== undefined;
        event = await this.#nextEvent(subscriber)
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
  async #nextEvent(subscriber: Subscriber): Promise<HostEvent | undefined> {
    for (;;) {
      if (subscriber.gone) return undefined
      if (subscriber.library !== this.#library) return this.#beginSubscriber(subscriber)
      const broadcast = subscriber.broadcasts.shift()
      if (broadcast !== undefined) return broadcast
      const hasTracks = subscriber.tracks === undefined && subscriber.changes.isEmpty
      const [request] = subscriber.requests
      if (request !== undefined && (hasTracks || !needsTracks(request))) return subscriber.requests.shift()
      if (subscriber.tracks === undefined)
        return subscriber.changes.next(maxItemsPerEvent) ?? this.#nextStateEvent(subscriber)
      const part = await this.#readMore(subscriber, subscriber.tracks)
      if (part !== undefined && 'text' in part) return { kind: 'storedTracks', ...part }
      if (part !== undefined && part.length > 0) return { kind: 'tracks', tracks: part }
    }
  }

  #beginSubscriber(subscriber: Subscriber): HostEvent {
    subscriber.library = this.#library
    subscriber.tracks = this.#readTracks()[Symbol.asyncIterator]()
    subscriber.problems = 0
    subscriber.progress = undefined
    return this.#library
  }

  /** Returns the next tracks of the library; undefined at their end. Changes are sent after the part that is read now. */
  async #readMore(
    subscriber: Subscriber,
    iterator: AsyncIterator<readonly Track[] | StoredTracks>,
  ): Promise<readonly Track[] | StoredTracks | undefined> {
    const library = subscriber.library
    const part = await iterator.next().catch((error: unknown) => {
      writeLog('failure', `The library cannot be read: ${String(error)}`)
      return { done: true, value: undefined } as const
    })
    // Another library has begun meanwhile.
    if (library !== this.#library) return undefined
    if (part.done) subscriber.tracks = undefined
    return part.done ? undefined : part.value
  }

  #nextStateEvent(subscriber: Subscriber): HostEvent | undefined {
    if (subscriber.problemList !== this.#problems) {
      const hasProblems = subscriber.problems > 0
      subscriber.problemList = this.#problems
      subscriber.problems = 0
      if (hasProblems) return { kind: 'problemsCleared' }
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
