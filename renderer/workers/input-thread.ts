import { defineTargets, Empty } from '@skein/threading'
import { Catalogue } from '../../shared/library/catalogue.ts'
import { type Interpretation, interpretInput, mergeInputs } from '../../shared/player/input-interpreter.ts'
import type { Input } from '../../shared/player/messages.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import { type PlayerChannels, runUntilShutdown } from './player-channels.ts'

type Search = Extract<Input, { kind: 'search' }>

/** The thread `input`: turns clicks, keys and navigation into commands, and searches into rows. */
export function input(channels: PlayerChannels): void {
  const handler = new InputHandler(channels)
  runUntilShutdown(() => {
    for (;;) {
      for (const merged of mergeInputs(takeBurst(channels))) handler.handle(merged)
      handler.sendRows()
    }
  })
}
defineTargets({ input })

/** Waits for an input and returns it with all others in the queue. */
function takeBurst({ inputs }: PlayerChannels): Input[] {
  const burst: Input[] = []
  try {
    burst.push(inputs.get())
    for (;;) burst.push(inputs.getNowait())
  } catch (error) {
    if (error instanceof Empty) return burst
    throw error
  }
}

/** The state of the input thread, and what it does with each input. */
export class InputHandler {
  readonly #channels: PlayerChannels
  readonly #upNext: UpNext
  readonly #catalogue = new Catalogue()
  #search: Search = { kind: 'search', request: 0, text: '', sort: { column: 'artist', descending: false } }
  #rows = new Int32Array(0)
  #areRowsStale = false
  /** The search whose rows are being played, while the library may still grow. */
  #playedSearch: Search | undefined
  /** Whether the list belongs to the previous library: it stays only while one of its songs is current. */
  #isListOfPreviousLibrary = false

  constructor(channels: PlayerChannels) {
    this.#channels = channels
    this.#upNext = new UpNext(channels.upNext)
  }

  handle(input: Input): void {
    switch (input.kind) {
      case 'search':
        this.#search = input
        this.#areRowsStale = true
        break
      case 'libraryCleared':
        this.#catalogue.clear()
        this.#playedSearch = undefined
        this.#isListOfPreviousLibrary = true
        this.#areRowsStale = true
        break
      case 'libraryTracks':
        this.#catalogue.add(input.tracks)
        this.#areRowsStale = true
        break
      default:
        this.#apply(interpretInput(input))
    }
  }

  /** Sends the rows to the window if they have changed. */
  sendRows(): void {
    if (!this.#areRowsStale) return
    this.#refreshRows()
    this.#areRowsStale = false
    if (this.#playedSearch !== undefined && isSameSearch(this.#playedSearch, this.#search)) this.#growList()
    this.#channels.answers.put({ kind: 'rows', request: this.#search.request, rows: this.#rows })
  }

  #apply({ list, queue, commands, answers }: Interpretation): void {
    if (list !== undefined) this.#writeList(list)
    if (queue !== undefined) this.#enqueue(queue)
    for (const command of commands) this.#channels.commands.put(command)
    for (const answer of answers) this.#channels.answers.put(answer)
  }

  #enqueue(tracks: Int32Array): void {
    {
      using _ = this.#upNext.hold()
      this.#upNext.enqueue(tracks)
    }
    this.#channels.changed.set()
  }

  /** Makes the rows that the user sees the list, or the songs that the request names. */
  #writeList({ start, onlyIfEmpty, songs }: NonNullable<Interpretation['list']>): void {
    if (this.#areRowsStale) this.#refreshRows()
    const isShown = songs === undefined && (start === 0 || this.#rows.includes(start))
    const rows = isShown ? this.#rows : (songs ?? Int32Array.of(start))
    {
      using _ = this.#upNext.hold()
      if (onlyIfEmpty && this.#hasList(rows)) return
      this.#upNext.writeList(rows, start)
    }
    this.#isListOfPreviousLibrary = false
    this.#playedSearch = rows === this.#rows ? this.#search : undefined
    this.#channels.changed.set()
  }

  #hasList(rows: Int32Array): boolean {
    const { list, isActive } = this.#upNext
    return list.length > 0 && (isActive || !this.#isListOfPreviousLibrary || rows.length === 0)
  }

  /** Songs that a running scan finds extend the list that plays. */
  #growList(): void {
    {
      using _ = this.#upNext.hold()
      if (this.#rows.length > this.#upNext.list.length) this.#upNext.growList(this.#rows)
    }
    this.#channels.changed.set()
  }

  #refreshRows(): void {
    this.#rows = this.#catalogue.search(this.#search.text, this.#search.sort) as Int32Array<ArrayBuffer>
  }
}

function isSameSearch(one: Search, other: Search): boolean {
  return (
    one.text === other.text &&
    one.sort.column === other.sort.column &&
    one.sort.descending === other.sort.descending
  )
}
