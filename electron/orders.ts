import { dirname } from 'node:path'
import type { TrackId } from '../shared/library/track.ts'
import type { Order } from './command-line.ts'
import { filesOf, folderOf } from './library/given-files.ts'
import type { Library } from './library/library.ts'
import { hideBelow } from './library/log.ts'
import type { LastSession, Remembered } from './library/settings-file.ts'
import { sentenceOf } from './sentence-of.ts'

/**
 * What starts of Skein ask for, carried out one after the other. Nothing waits for it: a folder on a network that is
 * away may take minutes to say so. What cannot be done is told as a failure.
 */
export class Orders {
  readonly #library: Library
  /** Opens a folder and remembers it. */
  readonly #open: (folder: string) => Promise<void>
  /** What came before the first order waits for it. */
  readonly #begun = Promise.withResolvers<void>()
  #last: Promise<void> = this.#begun.promise

  constructor(library: Library, open: (folder: string) => Promise<void>) {
    this.#library = library
    this.#open = open
  }

  /** The first order: opens the folder that it names, else the last one, and there the last song unless others were given. */
  begin(order: Order, remembered: Remembered): void {
    const first = this.#attempt(async () => {
      const folder = order.kind === 'open' ? await folderOf(order.paths) : undefined
      if (folder !== undefined) return await this.#open(folder)
      await this.#attempt(() => this.#comeBack(remembered, order.kind !== 'open'))
      await this.#obey(order)
    })
    this.#begun.resolve(first)
  }

  carryOut(order: Order): void {
    if (order.kind === 'command') void this.#attempt(() => this.#obey(order))
    else this.#last = this.#last.then(() => this.#attempt(() => this.#obey(order)))
  }

  async #comeBack({ library, session }: Remembered, withSong: boolean): Promise<void> {
    if (library?.kind === 'folder') await this.#library.open(library.folder)
    else if (library?.kind === 'demo') await this.#library.openDemo()
    if (session !== undefined) await this.#resume(withSong ? session : { ...session, file: undefined })
  }

  async #obey(order: Order): Promise<void> {
    switch (order.kind) {
      case 'show':
        return
      case 'command':
        return this.#library.order(order)
      case 'open': {
        const folder = await folderOf(order.paths)
        return folder === undefined ? await this.#hand('play', order.paths) : await this.#open(folder)
      }
      case 'enqueue':
        return await this.#hand('enqueue', order.paths)
    }
  }

  /** Hands files from outside to the page. Those that cannot be read are told, in one sentence. */
  async #hand(kind: 'play' | 'enqueue', paths: readonly string[]): Promise<void> {
    // No title gets into the log, not even of a file that is gone.
    for (const path of paths) hideBelow(dirname(path))
    const given = await filesOf(paths)
    const { tracks, problems } = await this.#library.admit(given.files)
    if (tracks.length > 0) this.#library.order({ kind, tracks })
    const [first, ...others] = [...given.problems, ...problems]
    if (first !== undefined) {
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`
      this.#library.fail(`${first.path}${more} cannot be played. ${first.reason}`)
    } else if (tracks.length === 0) this.#library.fail(`There is no music in ${paths.join(', ')}.`)
  }

  /** Has the page show the last song again, and what was queued, as far as the files are there still. */
  async #resume({ file, position, queue }: LastSession): Promise<void> {
    const { files } = await filesOf(file === undefined ? queue : [file, ...queue])
    const { problems } = await this.#library.admit(files)
    const broken = new Set(problems.map(({ path }) => path))
    const readable = new Set(files.map((found) => found.file).filter((path) => !broken.has(path)))
    const idOf = (path: string | undefined): TrackId =>
      path !== undefined && readable.has(path) ? this.#library.idOf(path) : 0
    const session = { track: idOf(file), position, queue: queue.map(idOf).filter((id) => id !== 0) }
    if (session.track !== 0 || session.queue.length > 0) this.#library.order({ kind: 'resume', session })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#library.fail(sentenceOf(error))
    }
  }
}
