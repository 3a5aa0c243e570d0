const changesPerChunk = 1024

/** Changes kept of a process's threads, and as many of its objects. */
const maxChanges = 128 * changesPerChunk

/** About what one change takes in memory: an object of some fifteen fields, with what it does not share. */
export const changeBytes = 256

interface Identified {
  readonly id: number
}

interface Chunk<View> {
  readonly at: Float64Array
  readonly ids: Int32Array
  /** Undefined where the thread or object went. */
  readonly views: (View | undefined)[]
}

/**
 * How threads or objects looked, over time: what differs from before, each time somebody looked. When there are too
 * many changes, or they are too old, the oldest become part of the state that all others build on.
 */
export class ChangeLog<View extends Identified> {
  #chunks: Chunk<View>[] = []
  readonly #maxChunks: number
  /** How they looked before the first change that is kept, and since when. */
  #base = new Map<number, View>()
  #baseAt = Number.NEGATIVE_INFINITY
  #latest = new Map<number, View>()
  #count = 0

  constructor(most = maxChanges) {
    this.#maxChunks = Math.max(1, Math.ceil(most / changesPerChunk))
  }

  get count(): number {
    return this.#count
  }

  /** From when on it can be told how they looked. */
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

  /** How they looked at a time, in the order in which they came. */
  at(time: number): View[] {
    return [...this.cursor().advanceTo(time).values()]
  }

  /** Goes through the changes from the oldest on. */
  cursor(): ChangeCursor<View> {
    return new ChangeCursor(new Map(this.#base), this.#chunks, this.#count)
  }

  /** Forgets changes that were before a time, as far as nothing after it needs them. */
  forget(before: number): void {
    while (this.#chunks.length > 1 && (this.#chunks[0]?.at[changesPerChunk - 1] ?? 0) < before)
      this.#foldOldestChunk()
  }

  /** What it holds now, for looking at while this one goes on. */
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
    const place = this.#count % changesPerChunk
    if (place === 0) this.#chunks.push(emptyChunk())
    if (this.#chunks.length > this.#maxChunks) this.#foldOldestChunk()
    const chunk = this.#chunks[this.#chunks.length - 1]!
    chunk.at[place] = at
    chunk.ids[place] = id
    chunk.views[place] = view
    this.#count++
  }

  /** Makes the oldest chunk part of the base. */
  #foldOldestChunk(): void {
    const chunk = this.#chunks.shift()
    if (chunk === undefined) return
    for (let place = 0; place < changesPerChunk; place++) applyChange(this.#base, chunk, place)
    this.#baseAt = chunk.at[changesPerChunk - 1] ?? 0
    this.#count -= changesPerChunk
  }
}

/** One way through changes, from the oldest to the newest. */
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

  /** How all looked at a time that is not before the one asked for last. */
  advanceTo(time: number): ReadonlyMap<number, View> {
    for (; this.#next < this.#count; this.#next++) {
      const chunk = this.#chunks[Math.floor(this.#next / changesPerChunk)]
      const place = this.#next % changesPerChunk
      if (chunk === undefined || (chunk.at[place] ?? 0) > time) break
      applyChange(this.#state, chunk, place)
    }
    return this.#state
  }

  /** How many changes were applied. */
  get appliedCount(): number {
    return this.#next
  }
}

function applyChange<View>(state: Map<number, View>, chunk: Chunk<View>, place: number): void {
  const id = chunk.ids[place] ?? 0
  const view = chunk.views[place]
  if (view === undefined) state.delete(id)
  else state.set(id, view)
}

const emptyChunk = <View>(): Chunk<View> => ({
  at: new Float64Array(changesPerChunk),
  ids: new Int32Array(changesPerChunk),
  views: [],
})

/** The view with the parts of the one before that are the same, so that each part is in memory once. */
function shareUnchangedParts<View extends Identified>(before: View | undefined, view: View): View {
  if (before === undefined) return view
  const parts = Object.entries(view).map(([key, value]) => {
    const old: unknown = before[key as keyof View]
    return [key, isDeepEqual(old, value) ? old : value]
  })
  return Object.fromEntries(parts) as View
}

/** Whether two values that JSON could say say the same. */
export function isDeepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  for (const key in one) {
    if (!isDeepEqual(one[key as keyof typeof one], other[key as keyof typeof other])) return false
  }
  return true
}
