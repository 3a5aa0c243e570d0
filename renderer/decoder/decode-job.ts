import type { DecoderSong, FollowingSong } from '../../shared/sound/playing/decoder-messages.ts'
import { beginSong, continueSong } from './begin-song.ts'
import { failureReasonOf } from './failure-reason-of.ts'
import { crossfadeSong, fadeOf, joinSong } from './follow-song.ts'
import { FollowingInput } from './following-input.ts'
import { type DecodeRequest, type JobContext, stepFrames, writeBlock } from './job-context.ts'
import type { SongCursor } from './song-cursor.ts'
import { StallWatch } from './stall-watch.ts'

/** Plays what one request asks for: its song from the requested position, and those that follow. */
export class DecodeJob {
  readonly #context: JobContext
  readonly #request: DecodeRequest
  readonly #abort = new AbortController()
  readonly #stalls: StallWatch
  #next: FollowingInput | undefined
  /** Whether the requested song is in the ring. The next one must not delay it. */
  #hasBegun = false
  #onNext: () => void = () => {}
  /** The segment that is being written. */
  #segment: number

  constructor(context: JobContext, request: DecodeRequest) {
    this.#context = context
    this.#request = request
    this.#segment = request.song.segment
    this.#stalls = new StallWatch(context, this.#signal)
    this.setNext(request.next, this.#segment)
  }

  get isCancelled(): boolean {
    return this.#signal.aborted
  }

  get #signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Ends the job soon. What it has written stays in the ring. */
  cancel(): void {
    this.#abort.abort()
  }

  /** Makes another song follow the segment `after`, or none. It is too late if another song was joined to that. */
  setNext(next: FollowingSong | undefined, after: number): void {
    if (next?.song.segment === this.#next?.song.segment) return
    if (after !== this.#segment) {
      if (next !== undefined) this.#context.report({ kind: 'late', segment: next.song.segment })
      return
    }
    this.#next?.release()
    this.#next = next && new FollowingInput(next, this.#context)
    if (this.#hasBegun) this.#next?.prepare()
    this.#onNext()
  }

  /** Resolves when the job has ended: cancelled, failed, or heard to its end. */
  async run(): Promise<void> {
    let cursor = await this.#attempt(this.#request.song, true, () => this.#begin())
    this.#hasBegun = true
    this.#next?.prepare()
    while (cursor !== undefined) {
      const present: SongCursor = cursor
      cursor = await this.#attempt(present.song, false, () => this.#playToEnd(present))
      this.#context.shelf.put(present.input)
    }
    this.#next?.release()
  }

  /** Reports a failure of the action, once everything before it was heard. */
  async #attempt(
    { segment }: DecoderSong,
    isUnheard: boolean,
    action: () => Promise<SongCursor | undefined>,
  ): Promise<SongCursor | undefined> {
    try {
      return await action()
    } catch (error) {
      const { output, report } = this.#context
      if (!isUnheard) await output.whenRead(output.writeIndex, this.#signal)
      if (!this.isCancelled) report({ kind: 'failed', segment, reason: failureReasonOf(error), isUnheard })
      return undefined
    }
  }

  async #begin(): Promise<SongCursor | undefined> {
    const { last, outputRate } = this.#context.segments
    if (last !== undefined && last.ringRate === outputRate) {
      const { song } = this.#request
      if (last.number === song.segment) return await continueSong(this.#context, last, song, this.#signal)
      const next = this.#next?.song
      if (next !== undefined && last.number === next.segment) {
        this.setNext(undefined, this.#segment)
        this.#segment = next.segment
        return await continueSong(this.#context, last, next, this.#signal)
      }
    }
    return await beginSong(this.#context, this.#request, this.#signal)
  }

  /** Returns the song that follows; undefined if there is none, or the job was cancelled. */
  async #playToEnd(cursor: SongCursor): Promise<SongCursor | undefined> {
    const { song, input } = cursor
    while (!this.isCancelled) {
      const fade = fadeOf(input, this.#next)
      if (fade !== undefined && input.position >= fade.start) return await this.#follow(cursor, fade.seconds)
      const limit = fade === undefined ? stepFrames : Math.min(stepFrames, fade.start - input.position)
      const block = await this.#stalls.observe(song.segment, cursor.pull(limit))
      if (block === undefined) return await this.#end(cursor)
      await writeBlock(this.#context, block, this.#signal)
    }
    return undefined
  }

  /** The song is decoded to its end. Waits for the one that follows, until everything was heard. */
  async #end(cursor: SongCursor): Promise<SongCursor | undefined> {
    const { output, report } = this.#context
    if (this.#next !== undefined) {
      const following = await this.#follow(cursor, 0)
      if (following !== undefined) return following
    }
    await writeBlock(this.#context, cursor.converter.flush(), this.#signal)
    if (!this.isCancelled) output.end()
    while (!this.isCancelled) {
      const isHeard = await Promise.race([
        output.whenRead(output.writeIndex, this.#signal).then(() => true),
        this.#nextChanged(),
      ])
      if (this.isCancelled) break
      const following = this.#next === undefined ? undefined : await this.#follow(cursor, 0)
      if (following !== undefined) return following
      if (isHeard) {
        report({ kind: 'ended', segment: cursor.song.segment })
        break
      }
    }
    return undefined
  }

  #nextChanged(): Promise<false> {
    return new Promise((resolve) => {
      this.#onNext = () => resolve(false)
    })
  }

  /** Returns undefined if the next song cannot be played, or another one was chosen meanwhile. */
  async #follow(cursor: SongCursor, fadeSeconds: number): Promise<SongCursor | undefined> {
    const next = this.#next
    const input = await next?.take()
    if (next === this.#next) this.#next = undefined
    if (next === undefined || input === undefined) return undefined
    this.#segment = next.song.segment
    return fadeSeconds > 0
      ? await crossfadeSong(this.#context, cursor, next, input, fadeSeconds, this.#signal)
      : await joinSong(this.#context, cursor, next, input, this.#signal)
  }
}
