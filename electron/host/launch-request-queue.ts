import { basename, dirname } from 'node:path'
import { maxQueuedSongs } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate, joinIsolated } from '../../shared/isolate-text.ts'
import type { TrackId } from '../../shared/library/track.ts'
import { resolveExternalFiles, resolveLibraryFolder } from '../library/external-files.ts'
import type { Library } from '../library/library.ts'
import { displayPath } from '../platform/system-path.ts'
import { redactBelow } from '../storage/log.ts'
import type { LastSession, SavedState } from '../storage/settings-format.ts'
import type { HostEvents } from './host-events.ts'
import type { LaunchRequest } from './launch-request.ts'
import { userMessage } from './user-message.ts'

type LaunchEvents = Pick<HostEvents, 'publishFailure' | 'publishToOne' | 'beginInterrupted'>

/**
 * Runs launch requests one after the other. Nothing waits for them: a folder on a network that is down may take minutes
 * to fail. Failures are published.
 */
export class LaunchRequestQueue {
  readonly #library: Library
  readonly #events: LaunchEvents
  readonly #openFolder: (folder: string) => Promise<void>
  /** What the start did not restore, because a crash interrupted the scan of its folder. */
  #interrupted: SavedState | undefined
  /** Requests that arrive before the first one wait for it. */
  readonly #firstRequest = Promise.withResolvers<void>()
  #last: Promise<void> = this.#firstRequest.promise

  /** `openFolder` opens a folder and remembers it. */
  constructor(library: Library, events: LaunchEvents, openFolder: (folder: string) => Promise<void>) {
    this.#library = library
    this.#events = events
    this.#openFolder = openFolder
  }

  /**
   * Runs the request of this process's own start: opens the folder it names, else the last folder and, unless it names
   * files, the last song. If a crash interrupted the scan of the last folder, the page asks the user first.
   */
  runFirst(request: LaunchRequest, saved: SavedState, interruptedFolders: readonly string[] = []): void {
    const first = this.#attempt(async () => {
      const folder = request.kind === 'open' ? await resolveLibraryFolder(request.paths) : undefined
      if (folder !== undefined) return await this.#openFolder(folder)
      const { library } = saved
      if (library?.kind === 'folder' && interruptedFolders.includes(library.folder)) {
        this.#interrupted = saved
        this.#events.beginInterrupted(displayPath(basename(library.folder) || library.folder))
      } else await this.#attempt(() => this.#restore(saved, request.kind !== 'open'))
      await this.#execute(request)
    })
    this.#firstRequest.resolve(first)
  }

  /** Runs a command immediately, any other request after the earlier ones. */
  run(request: LaunchRequest): void {
    if (request.kind === 'command') void this.#attempt(() => this.#execute(request))
    else this.#last = this.#last.then(() => this.#attempt(() => this.#execute(request)))
  }

  /** Restores what the start did not, because the user wants it. Throws a UserError if the folder cannot be read. */
  async reopen(): Promise<void> {
    const saved = this.#interrupted
    if (saved === undefined) return
    await this.#restore(saved, true)
    this.#interrupted = undefined
  }

  async #restore({ library, session }: SavedState, withSong: boolean): Promise<void> {
    if (library !== undefined) await this.#library.openAgain(library)
    if (session !== undefined)
      await this.#restoreSession(withSong ? session : { ...session, file: undefined })
  }

  async #execute(request: LaunchRequest): Promise<void> {
    switch (request.kind) {
      case 'show':
        return
      case 'command':
        return this.#events.publishToOne(request)
      case 'open': {
        const folder = await resolveLibraryFolder(request.paths)
        return folder === undefined
          ? await this.#sendFiles('play', request.paths)
          : await this.#openFolder(folder)
      }
      case 'enqueue':
        return await this.#sendFiles('enqueue', request.paths)
    }
  }

  /** Sends external tracks to the page, and publishes one sentence about files that cannot be read. */
  async #sendFiles(kind: 'play' | 'enqueue', paths: readonly string[]): Promise<void> {
    // No title gets into the log, not even that of a missing file.
    for (const path of paths) redactBelow(dirname(path))
    const external = await resolveExternalFiles(paths, this.#library.folderPaths)
    const { tracks, problems } = await this.#library.addExternalFiles(external.files)
    const sent = kind === 'enqueue' ? tracks.slice(0, maxQueuedSongs) : tracks
    if (sent.length > 0) this.#events.publishToOne({ kind, tracks: sent })
    const limits = [...external.limits]
    if (sent.length < tracks.length)
      limits.push(m.common_queue_limit({ max: maxQueuedSongs, count: tracks.length - sent.length }))
    const [first] = [...external.problems, ...problems]
    if (first !== undefined) {
      const count = external.problems.length + external.unlistedProblems + problems.length - 1
      const sentence = (path: string) => m.host_files_unplayable({ ...first, path: isolate(path), count })
      limits.unshift(sentence(first.path))
      // A playlist names artists and songs of any folder.
      return this.#events.publishFailure(limits.join(' '), [sentence('…'), ...limits.slice(1)].join(' '))
    }
    if (tracks.length === 0 && limits.length === 0)
      limits.push(m.host_no_music_in({ paths: joinIsolated(paths.map(displayPath), ', ') }))
    if (limits.length > 0) this.#events.publishFailure(limits.join(' '))
  }

  /** Sends the last song and the listener's queue to the page, as far as their files still exist. */
  async #restoreSession({ file, position, queue }: LastSession): Promise<void> {
    const { files } = await resolveExternalFiles(file === undefined ? queue : [file, ...queue])
    const { problems } = await this.#library.addExternalFiles(files)
    const broken = new Set(problems.map(({ path }) => path))
    const readable = new Set(files.map((found) => found.file).filter((path) => !broken.has(path)))
    const idOf = (path: string | undefined): TrackId =>
      path !== undefined && readable.has(path) ? this.#library.idOf(path) : 0
    const session = { track: idOf(file), position, queue: queue.map(idOf).filter((id) => id !== 0) }
    if (session.track !== 0 || session.queue.length > 0)
      this.#events.publishToOne({ kind: 'resume', session })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#events.publishFailure(userMessage(error))
    }
  }
}
