import { defineTargets, Empty, ShutDown } from '@skein/threading'
import { Catalogue } from '../../shared/library/catalogue.ts'
import { type Interpretation, interpretInput, mergeInputs } from '../../shared/player/input-interpreter.ts'
import type { Input } from '../../shared/player/messages.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import type { PlayerChannels } from './player-channels.ts'

type Search = Extract<Input, { kind: 'search' }>

/** Answers clicks, keys and navigation: turns them into commands, and searches into rows. */
export function input(wires: PlayerChannels): void {
  const answering = new InputHandler(wires)
  for (;;) {
    const inputs = takeBurst(wires)
    if (inputs === undefined) return
    for (const one of mergeInputs(inputs)) answering.handle(one)
    answering.sendRows()
  }
}
defineTargets({ input })

/** Waits for an input and takes what came with it; undefined when the player ends. */
function takeBurst({ inputs }: PlayerChannels): Input[] | undefined {
  const burst: Input[] = []
  try {
    burst.push(inputs.get())
    for (;;) burst.push(inputs.getNowait())
  } catch (error) {
    if (error instanceof Empty) return burst
    if (error instanceof ShutDown) return undefined
    throw error
  }
}

/** What the input thread knows, and how it answers. */
export class InputHandler {
  readonly #channels: PlayerChannels
  readonly #upNext: UpNext
  readonly #catalogue = new Catalogue()
  #search: Search = { kind: 'search', request: 0, text: '', sort: { column: 'artist', descending: false } }
  #rows = new Int32Array(0)
  #areRowsStale = false
  /** The search whose rows are being played, while the library may still grow. */
  #playedSearch: Search | undefined
  /** The order is of the library before: it goes on for as long as a song of it is current, and no longer. */
  #isOrderOfPreviousLibrary = false

  constructor(wires: PlayerChannels) {
    this.#channels = wires
    this.#upNext = new UpNext(wires.upNext)
  }

  handle(one: Input): void {
    switch (one.kind) {
      case 'search':
        this.#search = one
        this.#areRowsStale = true
        break
      case 'libraryCleared':
        this.#catalogue.clear()
        this.#playedSearch = undefined
        this.#isOrderOfPreviousLibrary = true
        this.#areRowsStale = true
        break
      case 'libraryTracks':
        this.#catalogue.add(one.tracks)
        this.#areRowsStale = true
        break
      default:
        this.#apply(interpretInput(one))
    }
  }

  /** Tells the window its rows, where they have changed. */
  sendRows(): void {
    if (!this.#areRowsStale) return
    this.#refreshRows()
    this.#areRowsStale = false
    if (this.#playedSearch !== undefined && isSameSearch(this.#playedSearch, this.#search)) this.#growOrder()
    this.#channels.answers.put({ kind: 'rows', request: this.#search.request, rows: this.#rows })
  }

  #apply({ order, queue, commands, answers }: Interpretation): void {
    if (order !== undefined) this.#writeOrder(order)
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

  /** What is played goes on in the order of the rows that the user sees, unless other songs were named. */
  #writeOrder({ start, onlyIfEmpty, songs }: NonNullable<Interpretation['order']>): void {
    if (this.#areRowsStale) this.#refreshRows()
    const isShown = songs === undefined && (start === 0 || this.#rows.includes(start))
    const rows = isShown ? this.#rows : (songs ?? Int32Array.of(start))
    {
      using _ = this.#upNext.hold()
      if (onlyIfEmpty && this.#hasOrder(rows)) return
      this.#upNext.writeOrder(rows, start)
    }
    this.#isOrderOfPreviousLibrary = false
    this.#playedSearch = rows === this.#rows ? this.#search : undefined
    this.#channels.changed.set()
  }

  #hasOrder(rows: Int32Array): boolean {
    const { order, isOpen } = this.#upNext
    return order.length > 0 && (isOpen || !this.#isOrderOfPreviousLibrary || rows.length === 0)
  }

  /** Songs that a running scan finds belong to the list that is played already. */
  #growOrder(): void {
    {
      using _ = this.#upNext.hold()
      if (this.#rows.length > this.#upNext.order.length) this.#upNext.growOrder(this.#rows)
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
