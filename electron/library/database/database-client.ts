import { setImmediate } from 'node:timers/promises'
import { Empty, onThreadEnd, Queue, ShutDown, Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { UserError } from '../../platform/user-error.ts'
import { writeLog } from '../../storage/log.ts'
import type { Query, Reply } from './database-messages.ts'
import { describeProblem, describeRepair, describeState } from './database-sentences.ts'
import { database } from './database-thread.ts'
import type { DatabaseState, UnusableReason } from './file/database-state.ts'
import type { RequestArguments, RequestName, RequestResult } from './requests/database-requests.ts'

export interface DatabaseClientOptions {
  /** The library's file. */
  readonly path: string
  /** The thread starts when it resolves; immediately without it. */
  readonly ready?: Promise<void>
  /** Receives one sentence for the user. */
  readonly onFailure: (message: string) => void
  /** Whether the user knows already that nothing can be saved in the file's folder. */
  readonly isUnwritable?: () => boolean
  /** The file was found to be damaged while it was in use, and replaced. Tracks may be lost until the next scan. */
  readonly onRepaired?: () => void
}

interface Request {
  readonly query: Extract<Query, { kind: 'request' }>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Requests in the queue at the same time: their size in shared memory is bounded. */
const maxQueued = 8
/**
 * Milliseconds that the thread has to finish its work and close the file. With the page's final save and the end of the
 * threads, the shutdown takes less than 3 s.
 */
const closeTimeout = 1000
/** Deaths of the thread after which it is not started again. */
const maxDeaths = 5

/**
 * Requests data of the thread `database`. Requests are executed in the sequence of the calls. If the thread dies, the
 * request that it was executing fails, and another thread executes the others.
 */
export class DatabaseClient {
  readonly #path: string
  readonly #onFailure: (message: string) => void
  readonly #isUnwritable: () => boolean
  readonly #onRepaired: () => void
  readonly #queries = new Queue<Query>({ name: 'queries' })
  readonly #replies = new Queue<Reply>({ name: 'replies' })
  /** In the queue or being executed, in their sequence. */
  readonly #sent = new Map<number, Request>()
  #waiting: Request[] = []
  #thread: Thread | undefined
  #lastNumber = 0
  #state: DatabaseState | undefined
  #deaths = 0
  #isClosed = false
  /** The thread died too often, or cannot be started. */
  #hasFailed = false
  readonly #opened = Promise.withResolvers<DatabaseState>()
  readonly #unsubscribeThreadEnd: () => void

  /** Call it after the process of threads was started. */
  constructor({
    path,
    ready,
    onFailure,
    isUnwritable = () => false,
    onRepaired = () => {},
  }: DatabaseClientOptions) {
    this.#path = path
    this.#onFailure = onFailure
    this.#isUnwritable = isUnwritable
    this.#onRepaired = onRepaired
    this.#unsubscribeThreadEnd = onThreadEnd(({ ident, error }) => {
      if (ident === this.#thread?.ident && !this.#isClosed) void this.#recover(error)
    })
    if (ready === undefined) this.#start()
    else
      void ready.then(() => {
        if (!this.#isClosed) this.#start()
      })
    void this.#collect()
  }

  /** Resolves when the database is open for the first time. */
  get opened(): Promise<DatabaseState> {
    return this.#opened.promise
  }

  /** Throws a UserError if the thread dies with the request, or is closed. */
  async request<Name extends RequestName>(
    name: Name,
    ...args: RequestArguments<Name>
  ): Promise<RequestResult<Name>> {
    if (this.#isClosed || this.#hasFailed) throw unavailableError()
    return await new Promise((resolve, reject) => {
      const query = { kind: 'request', number: ++this.#lastNumber, name, args } as const
      this.#waiting.push({ query, resolve: resolve as (value: unknown) => void, reject })
      this.#send(maxQueued)
    })
  }

  /** Lets the thread finish what was requested, and close the file. Resolves with false if it takes too long. */
  async close(timeout = closeTimeout): Promise<boolean> {
    if (this.#isClosed) return true
    this.#isClosed = true
    this.#send(Number.POSITIVE_INFINITY)
    this.#queries.put({ kind: 'close' })
    await this.#thread?.joinAsync(timeout)
    // A reply that `main` has taken from the queue is handled first.
    await setImmediate()
    this.#drainReplies()
    this.#unsubscribeThreadEnd()
    this.#queries.shutdown(true)
    this.#replies.shutdown(true)
    this.#failAll()
    return !(this.#thread?.isAlive() ?? false)
  }

  #start(): void {
    try {
      const thread = new Thread({
        target: database,
        args: [this.#queries, this.#replies, this.#path],
        name: 'database',
        daemon: true,
      })
      thread.start()
      this.#thread = thread
    } catch (error) {
      this.#giveUp(String(error))
    }
  }

  #send(limit: number): void {
    while (this.#sent.size < limit) {
      const request = this.#waiting.shift()
      if (request === undefined) return
      this.#sent.set(request.query.number, request)
      try {
        this.#queries.put(request.query)
      } catch (error) {
        // Shared memory has no room for its arguments, or they cannot be copied.
        this.#sent.delete(request.query.number)
        request.reject(error)
      }
    }
  }

  async #collect(): Promise<void> {
    try {
      for (;;) this.#handle(await this.#replies.getAsync())
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }

  #handle(reply: Reply): void {
    switch (reply.kind) {
      case 'opened':
        this.#handleOpened(reply)
        break
      case 'log':
        writeLog('database', reply.text)
        break
      case 'result':
        this.#take(reply.number)?.resolve(reply.value)
        break
      case 'error': {
        const request = this.#take(reply.number)
        const sentence = describeProblem(reply.code)
        const error = new Error(`${request?.query.name}: ${reply.message} (${reply.code})`)
        request?.reject(sentence === undefined ? error : new UserError(sentence, { cause: error }))
        break
      }
    }
    this.#send(maxQueued)
  }

  #take(number: number): Request | undefined {
    const request = this.#sent.get(number)
    this.#sent.delete(number)
    return request
  }

  #handleOpened({ state, repair }: Extract<Reply, { kind: 'opened' }>): void {
    const isFirst = this.#state === undefined
    this.#state = state
    if (repair !== undefined) {
      writeLog('database', `it was damaged, kept as ${repair.keptAs}, backup ${repair.backup ?? 'none'}`)
      this.#onFailure(describeRepair(repair))
      if (!isFirst) this.#onRepaired()
    }
    if (state.kind !== 'file' && !this.#isKnown(state.reason)) this.#onFailure(describeState(state))
    this.#opened.resolve(state)
  }

  #isKnown(reason: UnusableReason): boolean {
    return ['noSpace', 'forbidden', 'fileInPlace'].includes(reason) && this.#isUnwritable()
  }

  /** Replaces the thread, which has died. */
  async #recover(error: string | undefined): Promise<void> {
    writeLog('database', `the thread died: ${error ?? 'it returned'}`)
    // A reply that `main` has taken from the queue is handled first.
    await setImmediate()
    if (this.#isClosed) return
    this.#drainReplies()
    const untaken = this.#takeBackQueries()
    const requests = [...this.#sent.values()]
    this.#sent.clear()
    this.#waiting = requests.filter(({ query }) => untaken.has(query.number)).concat(this.#waiting)
    for (const { query, reject } of requests)
      if (!untaken.has(query.number)) reject(new UserError(m.host_database_thread_died()))
    if (++this.#deaths > maxDeaths) return this.#giveUp(error ?? '')
    this.#start()
    this.#send(maxQueued)
  }

  #drainReplies(): void {
    for (const reply of drain(this.#replies)) this.#handle(reply)
  }

  /** Returns the numbers of the requests that no thread has taken. */
  #takeBackQueries(): ReadonlySet<number> {
    const numbers = drain(this.#queries).map((query) => (query.kind === 'request' ? query.number : 0))
    return new Set(numbers)
  }

  #giveUp(reason: string): void {
    this.#hasFailed = true
    this.#onFailure(m.host_database_given_up({ error: isolate(reason) }))
    this.#failAll()
  }

  #failAll(): void {
    for (const { reject } of [...this.#sent.values(), ...this.#waiting]) reject(unavailableError())
    this.#sent.clear()
    this.#waiting = []
  }
}

const unavailableError = (): UserError => new UserError(m.host_database_closed())

function drain<Item>(queue: Queue<Item>): Item[] {
  const items: Item[] = []
  try {
    for (;;) items.push(queue.getNowait())
  } catch (error) {
    if (!(error instanceof Empty || error instanceof ShutDown)) throw error
  }
  return items
}
