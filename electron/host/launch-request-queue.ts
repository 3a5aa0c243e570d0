import { dirname } from 'node:path'
import type { TrackId } from '../../shared/library/track.ts'
import { resolveExternalFiles, resolveLibraryFolder } from '../library/external-files.ts'
import type { Library } from '../library/library.ts'
import { redactBelow } from '../storage/log.ts'
import type { LastSession, SavedState } from '../storage/settings-file.ts'
import type { LaunchRequest } from './command-line.ts'
import { userMessage } from './user-message.ts'

/**
 * What starts of Skein ask for, carried out one after the other. Nothing waits for it: a folder on a network that is
 * away may take minutes to say so. What cannot be done is told as a failure.
 */
export class LaunchRequestQueue {
  readonly #library: Library
  /** Opens a folder and remembers it. */
  readonly #openFolder: (folder: string) => Promise<void>
  /** What came before the first order waits for it. */
  readonly #firstRequest = Promise.withResolvers<void>()
  #last: Promise<void> = this.#firstRequest.promise

  constructor(library: Library, open: (folder: string) => Promise<void>) {
    this.#library = library
    this.#openFolder = open
  }

  /** The first order: opens the folder that it names, else the last one, and there the last song unless others were given. */
  runFirst(order: LaunchRequest, remembered: SavedState): void {
    const first = this.#attempt(async () => {
      const folder = order.kind === 'open' ? await resolveLibraryFolder(order.paths) : undefined
      if (folder !== undefined) return await this.#openFolder(folder)
      await this.#attempt(() => this.#restore(remembered, order.kind !== 'open'))
      await this.#execute(order)
    })
    this.#firstRequest.resolve(first)
  }

  run(order: LaunchRequest): void {
    if (order.kind === 'command') void this.#attempt(() => this.#execute(order))
    else this.#last = this.#last.then(() => this.#attempt(() => this.#execute(order)))
  }

  async #restore({ library, session }: SavedState, withSong: boolean): Promise<void> {
    if (library?.kind === 'folder') await this.#library.open(library.folder)
    else if (library?.kind === 'demo') await this.#library.openDemo()
    if (session !== undefined)
      await this.#restoreSession(withSong ? session : { ...session, file: undefined })
  }

  async #execute(order: LaunchRequest): Promise<void> {
    switch (order.kind) {
      case 'show':
        return
      case 'command':
        return this.#library.publishToOne(order)
      case 'open': {
        const folder = await resolveLibraryFolder(order.paths)
        return folder === undefined
          ? await this.#sendFiles('play', order.paths)
          : await this.#openFolder(folder)
      }
      case 'enqueue':
        return await this.#sendFiles('enqueue', order.paths)
    }
  }

  /** Hands files from outside to the page. Those that cannot be read are told, in one sentence. */
  async #sendFiles(kind: 'play' | 'enqueue', paths: readonly string[]): Promise<void> {
    // No title gets into the log, not even of a file that is gone.
    for (const path of paths) redactBelow(dirname(path))
    const given = await resolveExternalFiles(paths)
    const { tracks, problems } = await this.#library.addExternalFiles(given.files)
    if (tracks.length > 0) this.#library.publishToOne({ kind, tracks })
    const [first, ...others] = [...given.problems, ...problems]
    if (first !== undefined) {
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`
      this.#library.publishFailure(`${first.path}${more} cannot be played. ${first.reason}`)
    } else if (tracks.length === 0) this.#library.publishFailure(`There is no music in ${paths.join(', ')}.`)
  }

  /** Has the page show the last song again, and what was queued, as far as the files are there still. */
  async #restoreSession({ file, position, queue }: LastSession): Promise<void> {
    const { files } = await resolveExternalFiles(file === undefined ? queue : [file, ...queue])
    const { problems } = await this.#library.addExternalFiles(files)
    const broken = new Set(problems.map(({ path }) => path))
    const readable = new Set(files.map((found) => found.file).filter((path) => !broken.has(path)))
    const idOf = (path: string | undefined): TrackId =>
      path !== undefined && readable.has(path) ? this.#library.idOf(path) : 0
    const session = { track: idOf(file), position, queue: queue.map(idOf).filter((id) => id !== 0) }
    if (session.track !== 0 || session.queue.length > 0)
      this.#library.publishToOne({ kind: 'resume', session })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#library.publishFailure(userMessage(error))
    }
  }
}
