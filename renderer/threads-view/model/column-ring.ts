type ColumnArray = Float64Array | Int32Array | Uint8Array
export type ColumnType = typeof Float64Array | typeof Int32Array | typeof Uint8Array

/** The first capacity of a ring, in rows. */
const minCapacity = 256

/**
 * Rows of numbers, each column in an array of its own, in a ring that grows by doubling up to a maximum; then the
 * oldest row is dropped. Rows are numbered from `first` to `end - 1`; a number stays with its row.
 */
export class ColumnRing<Name extends string> {
  readonly #types: Readonly<Record<Name, ColumnType>>
  readonly #names: readonly Name[]
  readonly #maxCapacity: number
  readonly #rowBytes: number
  #columns: Record<Name, ColumnArray>
  #capacity = 0
  #first = 0
  #end = 0

  constructor(types: Readonly<Record<Name, ColumnType>>, maxCapacity: number) {
    this.#types = types
    this.#names = Object.keys(types) as Name[]
    this.#maxCapacity = maxCapacity
    this.#rowBytes = this.#names.reduce((sum, name) => sum + types[name].BYTES_PER_ELEMENT, 0)
    this.#columns = this.#allocate(0)
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#capacity * this.#rowBytes
  }

  get(name: Name, row: number): number {
    return this.#columns[name][row % this.#capacity] ?? 0
  }

  set(name: Name, row: number, value: number): void {
    this.#columns[name][row % this.#capacity] = value
  }

  push(values: Readonly<Record<Name, number>>): void {
    if (this.#end - this.#first === this.#capacity && this.#capacity < this.#maxCapacity) this.#grow()
    for (const name of this.#names) this.#columns[name][this.#end % this.#capacity] = values[name]
    this.#end++
    if (this.#end - this.#first > this.#capacity) this.#first++
  }

  /** Drops the rows before one. */
  dropBefore(row: number): void {
    this.#first = Math.min(Math.max(this.#first, row), this.#end)
  }

  clone(): ColumnRing<Name> {
    const copy = new ColumnRing(this.#types, this.#maxCapacity)
    copy.#capacity = this.#capacity
    copy.#first = this.#first
    copy.#end = this.#end
    for (const name of this.#names) copy.#columns[name] = this.#columns[name].slice()
    return copy
  }

  #grow(): void {
    const old = this.#columns
    const oldCapacity = this.#capacity
    this.#capacity = Math.min(this.#maxCapacity, Math.max(minCapacity, 2 * oldCapacity))
    this.#columns = this.#allocate(this.#capacity)
    for (const name of this.#names) {
      for (let row = this.#first; row < this.#end; row++)
        this.#columns[name][row % this.#capacity] = old[name][row % oldCapacity] ?? 0
    }
  }

  #allocate(capacity: number): Record<Name, ColumnArray> {
    const columns = this.#names.map((name) => [name, new this.#types[name](capacity)])
    return Object.fromEntries(columns) as Record<Name, ColumnArray>
  }
}
