const changesPerChunk = 1024

/** The maximum number of changes of a process's threads, and of its objects. */
const maxChanges = 128 * changesPerChunk

/** An estimate of the memory of one change: an object of about fifteen fields, without the parts that it shares. */
export const changeBytes = 256

interface Identified {
  readonly id: number
}

interface Chunk<View> {
  readonly at: Float64Array
  readonly ids: Int32Array
  /** Undefined if the thread or object is gone. */
  readonly views: (View | undefined)[]
}

/**
 * The threads or objects of samples over time: for each sample, only what differs from the one before. When there are
 * too many changes, or they are too old, the oldest become part of the base to which the others apply.
 */
export class ChangeLog<View extends Identified> {
  #chunks: Chunk<View>[] = []
  readonly #maxChunks: number
  /** The state before the first change that is kept, and its time. */
  #base = new Map<number, View>()
  #baseAt = Number.NEGATIVE_INFINITY
  #latest = new Map<number, View>()
  #count = 0

  constructor(maxCount = maxChanges) {
    this.#maxChunks = Math.max(1, Math.ceil(maxCount / changesPerChunk))
  }

  get count(): number {
    return this.#count
  }

  /** The earliest time of which the state is known. */
  get from(): number {
    return this.#baseAt
  }

  accept(at: number, views: readonly View[]): void {
    const present = new Set<number>()
    for (const view of views) {
      present.add(view.id)
      const before = this.#latest.get(view.id)
      if (before === undefined || !isDeepEqual(before, view))
        this.#add(at, view.id, shareUnchangedParts(before, view))
    }
    for (const id of this.#latest.keys()) if (!present.has(id)) this.#add(at, id, undefined)
  }

  /** Returns the state at a time, in the sequence in which the threads or objects came. */
  at(time: number): View[] {
    return [...this.cursor().advanceTo(time).values()]
  }

  /** Returns a cursor before the oldest change. */
  cursor(): ChangeCursor<View> {
    return new ChangeCursor(new Map(this.#base), this.#chunks, this.#count)
  }

  /** Forgets changes from before a time, unless later ones apply to them. */
  forget(before: number): void {
    while (this.#chunks.length > 1 && (this.#chunks[0]?.at[changesPerChunk - 1] ?? 0) < before)
      this.#foldOldestChunk()
  }

  /** Returns a copy of the present state, to be read while this one goes on. */
  clone(): ChangeLog<View> {
    const copy = new ChangeLog<View>(this.#maxChunks * changesPerChunk)
    copy.#chunks = [...this.#chunks]
    copy.#base = new Map(this.#base)
    copy.#baseAt = this.#baseAt
    copy.#latest = new Map(this.#latest)
    copy.#count = this.#count
    return copy
  }

  #add(at: number, id: number, view: View | undefined): void {
    if (view === undefined) this.#latest.delete(id)
    else this.#latest.set(id, view)
    const index = this.#count % changesPerChunk
    if (index === 0) this.#chunks.push(emptyChunk())
    if (this.#chunks.length > this.#maxChunks) this.#foldOldestChunk()
    const chunk = this.#chunks[this.#chunks.length - 1]!
    chunk.at[index] = at
    chunk.ids[index] = id
    chunk.views[index] = view
    this.#count++
  }

  /** Makes the oldest chunk part of the base. */
  #foldOldestChunk(): void {
    const chunk = this.#chunks.shift()
    if (chunk === undefined) return
    for (let index = 0; index < changesPerChunk; index++) applyChange(this.#base, chunk, index)
    this.#baseAt = chunk.at[changesPerChunk - 1] ?? 0
    this.#count -= changesPerChunk
  }
}

/** Applies changes one after the other, from the oldest to the newest. */
export class ChangeCursor<View> {
  readonly #state: Map<number, View>
  readonly #chunks: readonly Chunk<View>[]
  readonly #count: number
  #next = 0

  constructor(state: Map<number, View>, chunks: readonly Chunk<View>[], count: number) {
    this.#state = state
    this.#chunks = [...chunks]
    this.#count = count
  }

  /** Returns the state at a time. Times must not decrease from call to call. */
  advanceTo(time: number): ReadonlyMap<number, View> {
    for (; this.#next < this.#count; this.#next++) {
      const chunk = this.#chunks[Math.floor(this.#next / changesPerChunk)]
      const index = this.#next % changesPerChunk
      if (chunk === undefined || (chunk.at[index] ?? 0) > time) break
      applyChange(this.#state, chunk, index)
    }
    return this.#state
  }

  /** The number of changes that were applied. */
  get appliedCount(): number {
    return this.#next
  }
}

function applyChange<View>(state: Map<number, View>, chunk: Chunk<View>, index: number): void {
  const id = chunk.ids[index] ?? 0
  const view = chunk.views[index]
  if (view === undefined) state.delete(id)
  else state.set(id, view)
}

const emptyChunk = <View>(): Chunk<View> => ({
  at: new Float64Array(changesPerChunk),
  ids: new Int32Array(changesPerChunk),
  views: [],
})

/** Returns the view with the equal parts of the one before, so that each part is in memory once. */
function shareUnchangedParts<View extends Identified>(before: View | undefined, view: View): View {
  if (before === undefined) return view
  const parts = Object.entries(view).map(([key, value]) => {
    const old: unknown = before[key as keyof View]
    return [key, isDeepEqual(old, value) ? old : value]
  })
  return Object.fromEntries(parts) as View
}

/** Whether two values are equal. They may hold what JSON can hold. */
export function isDeepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  for (const key in one) {
    if (!isDeepEqual(one[key as keyof typeof one], other[key as keyof typeof other])) return false
  }
  return true
}
