import type {
  DecoderSong,
  FollowingSong,
  SongTransition,
} from '../../shared/sound/playing/decoder-messages.ts'
import { failureReasonOf } from './failure-reason-of.ts'
import type { JobContext } from './job-context.ts'
import type { SongInput } from './song-input.ts'

/** The song that follows: opened, and its beginning decoded, before it is needed. */
export class FollowingInput {
  readonly song: DecoderSong
  readonly transition: SongTransition
  readonly #context: JobContext
  #opening: Promise<SongInput | undefined> | undefined
  /** Undefined until it is ready. */
  #input: SongInput | undefined
  #isReleased = false

  constructor({ song, transition }: FollowingSong, context: JobContext) {
    this.song = song
    this.transition = transition
    this.#context = context
  }

  /** The song, once it is ready. */
  get input(): SongInput | undefined {
    return this.#input
  }

  prepare(): void {
    this.#opening ??= this.#open()
  }

  /** Waits until it is ready, and gives it away. Resolves with undefined if it cannot be played, which is reported. */
  async take(): Promise<SongInput | undefined> {
    this.prepare()
    const input = await this.#opening
    if (this.#isReleased) return undefined
    this.#isReleased = true
    return input
  }

  /** Another song follows. This one stays open on the shelf. */
  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    void this.#opening?.then((input) => input && this.#context.shelf.put(input))
  }

  async #open(): Promise<SongInput | undefined> {
    const { shelf, report } = this.#context
    const { segment } = this.song
    try {
      const input = await shelf.take(this.song)
      await input.seek(0)
      await input.prepare()
      this.#input = input
      if (!this.#isReleased) report({ kind: 'prepared', segment, duration: input.duration })
      return input
    } catch (error) {
      const reason = failureReasonOf(error)
      if (!this.#isReleased) report({ kind: 'failed', segment, reason, isUnheard: true })
      return undefined
    }
  }
}
