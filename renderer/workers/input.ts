import { Catalogue } from '../../shared/library/catalogue.ts'
import { type Interpretation, interpret, merge } from '../../shared/player/input.ts'
import type { Input } from '../../shared/player/messages.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import { defineTargets, Empty, ShutDown } from '../../shared/threading/index.ts'
import type { Wires } from './wires.ts'

type Search = Extract<Input, { kind: 'search' }>

/** Answers clicks, keys and navigation: turns them into commands, and searches into rows. */
export function input(wires: Wires): void {
  const answering = new Answering(wires)
  for (;;) {
    const inputs = nextBurst(wires)
    if (inputs === undefined) return
    for (const one of merge(inputs)) answering.answer(one)
    answering.showRows()
  }
}
defineTargets({ input })

/** Waits for an input and takes what came with it; undefined when the player ends. */
function nextBurst({ inputs }: Wires): Input[] | undefined {
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
export class Answering {
  readonly #wires: Wires
  readonly #upNext: UpNext
  readonly #catalogue = new Catalogue()
  #search: Search = { kind: 'search', request: 0, text: '', sort: { column: 'artist', descending: false } }
  #rows = new Int32Array(0)
  #rowsAreOld = false
  /** The search whose rows are being played, while the library may still grow. */
  #played: Search | undefined
  /** The order is of the library before: it goes on for as long as a song of it is current, and no longer. */
  #orderIsFormer = false

  constructor(wires: Wires) {
    this.#wires = wires
    this.#upNext = new UpNext(wires.upNext)
  }

  answer(one: Input): void {
    switch (one.kind) {
      case 'search':
        this.#search = one
        this.#rowsAreOld = true
        break
      case 'libraryCleared':
        this.#catalogue.clear()
        this.#played = undefined
        this.#orderIsFormer = true
        this.#rowsAreOld = true
        break
      case 'libraryTracks':
        this.#catalogue.add(one.tracks)
        this.#rowsAreOld = true
        break
      default:
        this.#obey(interpret(one))
    }
  }

  /** Tells the window its rows, where they have changed. */
  showRows(): void {
    if (!this.#rowsAreOld) return
    this.#refreshRows()
    this.#rowsAreOld = false
    if (this.#played !== undefined && isSameList(this.#played, this.#search)) this.#growOrder()
    this.#wires.answers.put({ kind: 'rows', request: this.#search.request, rows: this.#rows })
  }

  #obey({ order, queue, commands, answers }: Interpretation): void {
    if (order !== undefined) this.#writeOrder(order)
    if (queue !== undefined) this.#enqueue(queue)
    for (const command of commands) this.#wires.commands.put(command)
    for (const answer of answers) this.#wires.answers.put(answer)
  }

  #enqueue(tracks: Int32Array): void {
    {
      using _ = this.#upNext.hold()
      this.#upNext.enqueue(tracks)
    }
    this.#wires.changed.set()
  }

  /** What is played goes on in the order of the rows that the user sees, unless other songs were named. */
  #writeOrder({ start, onlyIfEmpty, songs }: NonNullable<Interpretation['order']>): void {
    if (this.#rowsAreOld) this.#refreshRows()
    const isShown = songs === undefined && (start === 0 || this.#rows.includes(start))
    const rows = isShown ? this.#rows : (songs ?? Int32Array.of(start))
    {
      using _ = this.#upNext.hold()
      if (onlyIfEmpty && this.#hasOrder(rows)) return
      this.#upNext.writeOrder(rows, start)
    }
    this.#orderIsFormer = false
    this.#played = rows === this.#rows ? this.#search : undefined
    this.#wires.changed.set()
  }

  #hasOrder(rows: Int32Array): boolean {
    const { order, isOpen } = this.#upNext
    return order.length > 0 && (isOpen || !this.#orderIsFormer || rows.length === 0)
  }

  /** Songs that a running scan finds belong to the list that is played already. */
  #growOrder(): void {
    {
      using _ = this.#upNext.hold()
      if (this.#rows.length > this.#upNext.order.length) this.#upNext.growOrder(this.#rows)
    }
    this.#wires.changed.set()
  }

  #refreshRows(): void {
    this.#rows = this.#catalogue.rows(this.#search.text, this.#search.sort) as Int32Array<ArrayBuffer>
  }
}

function isSameList(one: Search, other: Search): boolean {
  return (
    one.text === other.text &&
    one.sort.column === other.sort.column &&
    one.sort.descending === other.sort.descending
  )
}
