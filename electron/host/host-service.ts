import { join } from 'node:path'
import { RuntimeError } from '@skein/threading'
import { controlThread, type ThreadControlCommand } from '@skein/threading/inspect'
import {
  type HostCallName,
  type HostCalls,
  type ListeningSession,
  maxUnanalyzed,
  type Settings,
  type ThreadControlResult,
} from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import type { PlaylistCalls } from '../../shared/library/playlists/playlist-calls.ts'
import type { TrackId } from '../../shared/library/track.ts'
import { DatabaseClient } from '../library/database/database-client.ts'
import { Folders } from '../library/folders.ts'
import { Library } from '../library/library.ts'
import { ScanWorkerPool } from '../library/scan-worker-pool.ts'
import { TrackHistories } from '../library/track-histories.ts'
import { PlaylistFiles } from '../library/user-playlists/playlist-files.ts'
import type { PlaylistLibrary } from '../library/user-playlists/playlist-library.ts'
import { Playlists } from '../library/user-playlists/playlists.ts'
import { LibraryWatcher } from '../library/watching/library-watcher.ts'
import type { WatcherStarter } from '../library/watching/watcher-process-handle.ts'
import { demoFolder, watcherModule } from '../platform/paths.ts'
import { displayPath } from '../platform/system-path.ts'
import { UserError } from '../platform/user-error.ts'
import { dataFolder } from '../storage/data-folder.ts'
import { errorText, writeLog } from '../storage/log.ts'
import { ScanMarker } from '../storage/scan-marker.ts'
import { SettingsFile } from '../storage/settings-file.ts'
import { describeProgram, type Program, webProgram } from './about.ts'
import { FolderStates } from './folder-states.ts'
import { type CallResult, runHostCall } from './host-calls.ts'
import { HostEvents } from './host-events.ts'
import type { LaunchRequest } from './launch-request.ts'
import { LaunchRequestQueue } from './launch-request-queue.ts'
import { makePlaylistCalls, type PlaylistDialogs } from './make-playlist-calls.ts'
import { userMessage } from './user-message.ts'

/** The system's folder dialog. Resolves with the chosen absolute path; undefined when the user cancels it. */
export type FolderDialog = () => Promise<string | undefined>

export interface HostServiceOptions {
  /** Without it the page lists folders itself. */
  readonly dialog?: FolderDialog
  /** Without them the page reads and saves the files of playlists itself. */
  readonly playlistDialogs?: PlaylistDialogs
  readonly data?: string
  readonly program?: Program
  /** Starts the watcher process. Without it no folder is watched. */
  readonly startWatcher?: WatcherStarter
  /** Whether the scan threads start at the first subscription. Earlier, they would slow down the page's first picture. */
  readonly waitsForPage?: boolean
}

/** What both hosts do for their pages. */
export class HostService {
  readonly events = new HostEvents()
  readonly settingsFile: SettingsFile
  readonly database: DatabaseClient
  readonly library: Library
  readonly playlists: Playlists
  readonly launchRequests: LaunchRequestQueue
  /** Receives the settings when the page saves them. */
  onSettings: (settings: Settings) => void = () => {}
  readonly #folders = new Folders()
  readonly #folderStates: FolderStates
  readonly #histories: TrackHistories
  readonly #watcher: LibraryWatcher | undefined
  readonly #scanMarker: ScanMarker
  readonly #scanWorkerPool: ScanWorkerPool
  readonly #folderDialog: FolderDialog | undefined
  readonly #program: Program
  readonly #calls: HostCalls
  #onPageSaved: (() => void) | undefined
  /** The open folders when playlists were sent last. */
  #foldersOfPlaylists = '[]'

  constructor(options: HostServiceOptions = {}) {
    const publishFailure = (message: string) => this.events.publishFailure(message)
    this.#program = options.program ?? webProgram
    this.#folderDialog = options.dialog
    const ready = options.waitsForPage ? this.events.firstSubscription : undefined
    this.#scanWorkerPool = new ScanWorkerPool(undefined, ready)
    this.#scanWorkerPool.onFailure = publishFailure
    const data = options.data ?? dataFolder()
    this.database = new DatabaseClient({
      path: join(data, 'library.db'),
      ...(ready && { ready }),
      onFailure: publishFailure,
      isUnwritable: () => this.settingsFile.isUnwritable,
      // Without an open folder there is nothing to read.
      onRepaired: () => void this.library.rescan().catch(() => undefined),
    })
    this.library = new Library({
      workerPool: this.#scanWorkerPool,
      database: this.database,
      publisher: this.events,
      demoFolder,
      thumbnailFolder: join(data, 'thumbnails'),
    })
    this.#histories = new TrackHistories(this.database, (histories) =>
      this.library.publishTracks(histories.map(({ id }) => id)),
    )
    this.#folderStates = new FolderStates({
      library: this.library,
      folders: this.#folders,
      watchState: (path) => this.#watcher?.stateOf(path),
      publish: (event) => this.events.publish(event),
    })
    if (options.startWatcher !== undefined)
      this.#watcher = new LibraryWatcher(this.library, {
        start: options.startWatcher,
        module: watcherModule,
        publishFailure,
        onState: () => this.#folderStates.refresh(),
      })
    this.library.onFolders = (folders) => {
      this.#watcher?.watch(folders)
      this.#folderStates.refresh()
    }
    const libraryOfPlaylists = playlistLibrary(this.library)
    this.playlists = new Playlists(this.database, (event) => this.events.publish(event), libraryOfPlaylists)
    this.events.onSubscription = (send) => {
      send(this.#folderStates.event)
      void this.playlists.sendAll(send).catch((error: unknown) => publishFailure(userMessage(error)))
    }
    this.settingsFile = new SettingsFile(join(data, 'settings.json'), publishFailure)
    const marker = new ScanMarker(data)
    this.#scanMarker = marker
    this.library.onScan = (folder) => {
      this.#folderStates.update(folder !== undefined)
      if (folder !== undefined) return marker.set(folder)
      marker.clear()
      // What is missing stays missing until the next scan.
      void this.#updatePlaylists().catch(() => undefined)
    }
    this.launchRequests = new LaunchRequestQueue(this.library, this.events, (folder) => this.open(folder))
    const playlistFiles = new PlaylistFiles(this.database, this.playlists, libraryOfPlaylists)
    this.#calls = {
      ...this.#makeCalls(),
      ...makePlaylistCalls(this.playlists, playlistFiles, options.playlistDialogs),
    }
  }

  /** Call it first. Reads the settings and begins to run the request, without waiting for it. */
  async start(request: LaunchRequest): Promise<void> {
    await this.settingsFile.read()
    this.settingsFile.checkWritable()
    const interrupted = this.#scanMarker.readInterruptedFolders()
    this.launchRequests.runFirst(request, this.settingsFile.state, interrupted)
  }

  /** Opens a folder by its absolute path, and remembers it. Throws a UserError if it cannot be read. */
  async open(folder: string): Promise<void> {
    await this.library.open(folder)
    await this.settingsFile.change({ library: this.library.opened })
  }

  async openDemo(): Promise<void> {
    await this.library.openDemo()
    await this.settingsFile.change({ library: this.library.opened })
  }

  /** Finds missing entries, and sends the playlists again if other folders are open. */
  async #updatePlaylists(): Promise<void> {
    await this.playlists.findMissing()
    const folders = JSON.stringify(this.library.folderPaths)
    if (folders === this.#foldersOfPlaylists) return
    this.#foldersOfPlaylists = folders
    await this.playlists.sendAll((event) => this.events.publish(event))
  }

  /** Runs a page's call. What the page sends is not trusted. */
  async call(name: HostCallName, args: unknown): Promise<CallResult> {
    try {
      return { ok: true, value: await runHostCall(this.#calls, name, args) }
    } catch (error) {
      const message = userMessage(error)
      const details = error instanceof UserError ? '' : `\n${errorText(error)}`
      writeLog('failure', `${message} (${name})${details}`)
      return { ok: false, message }
    }
  }

  /** Lets the page save; resolves when it has done so, or after `timeout` milliseconds. */
  async requestFinalSave(timeout: number): Promise<void> {
    // Already here: Windows may end the process at a logout before the page has saved.
    this.#scanMarker.clear()
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeout)
      this.#onPageSaved = () => {
        clearTimeout(timer)
        resolve()
      }
      this.events.publishToOne({ kind: 'ending' })
    })
  }

  /**
   * Ends the threads; resolves when the settings are on disk. Resolves with false if a thread could not be ended: it is in
   * a read that does not return.
   */
  async close(): Promise<boolean> {
    try {
      this.#scanMarker.clear()
      this.#folderStates.close()
      this.#watcher?.close()
      this.library.stopScan()
      return await this.#scanWorkerPool.close(this.database.close())
    } finally {
      await this.settingsFile.settled()
    }
  }

  #makeCalls(): Omit<HostCalls, keyof PlaylistCalls> {
    return {
      settings: async () => this.settingsFile.state.settings,
      saveSettings: async (settings) => {
        // Before what may fail: the settings are saved in any case.
        const saving = this.settingsFile.change({ settings })
        this.onSettings(settings)
        await saving
      },
      saveSession: (session) => this.#saveSession(session),
      acknowledgeShutdown: async () => this.#onPageSaved?.(),
      chooseFolder: () => this.#chooseFolder(),
      listFolders: (id) => this.#folders.list(id),
      openFolder: async (id) => await this.open(this.#folders.pathOf(id)),
      addFolder: (id) => this.#addFolder(id),
      removeFolder: (id) => this.#changeFolders('remove', id),
      excludeFolder: (id) => this.#changeFolders('exclude', id),
      includeFolder: (id) => this.#changeFolders('include', id),
      openDemo: () => this.openDemo(),
      reopenFolder: () => this.launchRequests.reopen(),
      checkFolders: async () => this.#watcher?.checkAtFocus(),
      recordPlay: (id) => this.#histories.recordPlay(id),
      rateTracks: (ids, rating) => this.#histories.rate(ids, rating),
      rescan: () => this.library.rescan(),
      stopScan: async () => this.library.stopScan(),
      pauseScan: async () => this.library.setScanPaused(true),
      continueScan: async () => this.library.setScanPaused(false),
      trackDetails: (id) => this.library.details(id),
      trackLoudness: (id) => this.database.request('readLoudness', id),
      trackWaveform: (id) => this.database.request('readWaveform', id),
      unanalyzedTracks: (after) => this.database.request('listUnanalyzed', { after, limit: maxUnanalyzed }),
      saveAnalysis: (id, analysis) => this.database.request('saveAnalysis', { id, analysis }),
      about: async () => describeProgram(this.#program),
      showLocation: (location) => this.#program.show(location),
      showTrack: (id) => this.#showTrack(id),
      controlThread: async (ident, command) => controlHostThread(ident, command),
    }
  }

  async #saveSession({ track, position, queue }: ListeningSession): Promise<void> {
    const files = queue.flatMap((id) => this.library.trackFile(id) ?? [])
    await this.settingsFile.change({
      session: { file: this.library.trackFile(track), position, queue: files },
    })
  }

  async #showTrack(id: TrackId): Promise<void> {
    const file = this.library.trackFile(id)
    if (file === undefined) throw new UserError(m.host_track_unknown())
    await this.#program.showFile(file)
  }

  /** Returns false if the user cancels the system's dialog. */
  async #addFolder(id: number | undefined): Promise<boolean> {
    const folder = id === undefined ? await this.#askForFolder() : this.#folders.pathOf(id)
    if (folder === undefined) return false
    await this.library.folderChanges.add(folder)
    await this.settingsFile.change({ library: this.library.opened })
    return true
  }

  async #changeFolders(change: 'remove' | 'exclude' | 'include', id: number): Promise<void> {
    await this.library.folderChanges[change](this.#folders.pathOf(id))
    await this.settingsFile.change({ library: this.library.opened })
  }

  async #askForFolder(): Promise<string | undefined> {
    if (this.#folderDialog === undefined) throw new UserError(m.host_no_folder_dialog())
    return await this.#folderDialog()
  }

  async #chooseFolder(): Promise<boolean> {
    const folder = await this.#askForFolder()
    if (folder === undefined) return false
    await this.open(folder)
    return true
  }
}

function playlistLibrary(library: Library): PlaylistLibrary {
  return {
    addFiles: async (paths) => {
      const { problems } = await library.addExternalFiles(
        paths.map((file) => ({ file, path: displayPath(file), picture: undefined })),
      )
      const unreadable = new Set(problems.map(({ path }) => path))
      return paths.map((path) => (unreadable.has(displayPath(path)) ? 0 : library.idOf(path)))
    },
    isListed: (track) => library.trackFile(track) !== undefined,
    get folders() {
      return library.folderPaths
    },
  }
}

function controlHostThread(ident: number, command: ThreadControlCommand): ThreadControlResult {
  try {
    controlThread(ident, command)
    return 'done'
  } catch (error) {
    if (error instanceof RuntimeError) return 'ended'
    throw error
  }
}
