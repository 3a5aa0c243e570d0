import { join } from 'node:path'
import { RuntimeError } from '@skein/threading'
import type { ProcessView } from '@skein/threading/inspect'
import { controlThread, maxSlowness, type ThreadControlCommand } from '@skein/threading/inspect'
import * as v from 'valibot'
import type {
  About,
  FolderListing,
  ListeningSession,
  Settings,
  ThreadControlResult,
} from '../../shared/host-api.ts'
import { Folders } from '../library/folders.ts'
import type { HostEventListener } from '../library/host-events.ts'
import { Library, UserError } from '../library/library.ts'
import { ScanWorkerPool } from '../library/scan-worker-pool.ts'
import { demoFolder } from '../platform/paths.ts'
import { dataFolder } from '../storage/data-folder.ts'
import { errorText, writeLog } from '../storage/log.ts'
import { SettingsFile, settingsSchema, type WindowBounds } from '../storage/settings-file.ts'
import { aboutSkein, type Program, webProgram } from './about.ts'
import type { LaunchRequest } from './command-line.ts'
import { LaunchRequestQueue } from './launch-request-queue.ts'
import { pollThreads } from './thread-polling.ts'
import { userMessage } from './user-message.ts'

const noArguments = v.strictTuple([])
const folderIdSchema = v.pipe(v.number(), v.integer(), v.minValue(1))

const trackIdSchema = v.pipe(v.number(), v.integer(), v.minValue(1))

const listeningSessionSchema = v.strictObject({
  track: v.union([v.literal(0), trackIdSchema]),
  position: v.pipe(v.number(), v.minValue(0)),
  queue: v.array(trackIdSchema),
})

const threadControlCommandSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['pause', 'resume', 'step']) }),
  v.strictObject({
    kind: v.literal('slow'),
    factor: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxSlowness)),
  }),
])

/** The arguments of every call that a page may make of its host; both hosts check against these. */
const callArgumentSchemas = {
  settings: noArguments,
  saveSettings: v.strictTuple([settingsSchema]),
  saveSession: v.strictTuple([listeningSessionSchema]),
  acknowledgeShutdown: noArguments,
  chooseFolder: noArguments,
  listFolders: v.union([noArguments, v.strictTuple([folderIdSchema])]),
  openFolder: v.strictTuple([folderIdSchema]),
  openDemo: noArguments,
  rescan: noArguments,
  stopScan: noArguments,
  about: noArguments,
  showLocation: v.strictTuple([v.picklist(['data', 'log', 'licences'])]),
  controlThread: v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(2)), threadControlCommandSchema]),
}

export type CallName = keyof typeof callArgumentSchemas

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(callArgumentSchemas, name)
}

/** The answer to a call: its value, or one sentence for the user. */
export type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** The system's folder dialog: answers the chosen absolute path, undefined when it was cancelled. */
export type FolderDialog = () => Promise<string | undefined>

/** What both hosts do for their page. */
export class HostService {
  readonly library: Library
  /** Told when the page has saved its settings. */
  onSettings: (settings: Settings) => void = () => {}
  readonly #settings: SettingsFile
  readonly #folders = new Folders()
  readonly #scanWorkerPool: ScanWorkerPool
  readonly #folderDialog: FolderDialog | undefined
  readonly #program: Program
  readonly #firstSubscription = Promise.withResolvers<void>()
  readonly #launchRequests: LaunchRequestQueue
  #onPageSaved: (() => void) | undefined

  /**
   * `dialog` is undefined where the host has none; the page then lists folders itself. With `waitsForPage` the scan
   * threads begin when a page follows: they would take the processor from its first picture.
   */
  constructor(
    options: { dialog?: FolderDialog; data?: string; program?: Program; waitsForPage?: boolean } = {},
  ) {
    this.#program = options.program ?? webProgram
    this.#scanWorkerPool = new ScanWorkerPool(
      undefined,
      options.waitsForPage ? this.#firstSubscription.promise : undefined,
    )
    this.library = new Library(this.#scanWorkerPool, demoFolder)
    this.#settings = new SettingsFile(join(options.data ?? dataFolder(), 'settings.json'), (message) =>
      this.library.publishFailure(message),
    )
    this.#folderDialog = options.dialog
    this.#launchRequests = new LaunchRequestQueue(this.library, (folder) => this.open(folder))
  }

  get settings(): Settings {
    return this.#settings.state.settings
  }

  /** To be called first. */
  async readSettings(): Promise<void> {
    await this.#settings.read()
    this.#settings.checkWritable()
  }

  /** Begins with what the start asked for. Nothing should wait for it: see `LaunchRequestQueue`. */
  runFirstRequest(order: LaunchRequest): void {
    this.#launchRequests.runFirst(order, this.#settings.state)
  }

  /** Does what a later start handed over. */
  runLaunchRequest(order: LaunchRequest): void {
    this.#launchRequests.run(order)
  }

  /** Has the page save what it has to save; resolves when it has done so, or after `patience` milliseconds. */
  async requestFinalSave(patience: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.#onPageSaved = () => {
        clearTimeout(timer)
        resolve()
      }
      this.library.publishToOne({ kind: 'ending' })
    })
  }

  /** Opens a folder by its absolute path, and remembers it. Throws a UserError when it cannot be read. */
  async open(folder: string): Promise<void> {
    await this.library.open(folder)
    await this.#settings.change({ library: this.library.opened })
  }

  async openDemo(): Promise<void> {
    await this.library.openDemo()
    await this.#settings.change({ library: this.library.opened })
  }

  subscribe(listener: HostEventListener): () => void {
    this.#firstSubscription.resolve()
    return this.library.subscribe(listener)
  }

  /** Tells of the host's threads when they change, until the answer is called. */
  watchThreads(listener: (view: ProcessView) => void): () => void {
    return pollThreads(listener)
  }

  /** Carries out a page's call. What the page sent is not trusted. */
  async call(name: CallName, args: unknown): Promise<CallResult> {
    try {
      return { ok: true, value: await this.#dispatch(name, args) }
    } catch (error) {
      const message = userMessage(error)
      writeLog('told', `${message} (${name})${error instanceof UserError ? '' : `\n${errorText(error)}`}`)
      return { ok: false, message }
    }
  }

  /** Ends the threads, and resolves when they have ended and the settings are on disk. */
  async close(): Promise<void> {
    this.library.stopScan()
    await this.#scanWorkerPool.close()
    await this.#settings.settled()
  }

  async #dispatch(
    name: CallName,
    args: unknown,
  ): Promise<Settings | FolderListing | About | ThreadControlResult | boolean | undefined> {
    switch (name) {
      case 'settings':
        v.parse(callArgumentSchemas.settings, args)
        return this.settings
      case 'saveSettings': {
        const [settings] = v.parse(callArgumentSchemas.saveSettings, args)
        this.onSettings(settings)
        await this.#settings.change({ settings })
        return undefined
      }
      case 'saveSession':
        await this.#saveSession(...v.parse(callArgumentSchemas.saveSession, args))
        return undefined
      case 'acknowledgeShutdown':
        v.parse(callArgumentSchemas.acknowledgeShutdown, args)
        this.#onPageSaved?.()
        return undefined
      case 'chooseFolder':
        v.parse(callArgumentSchemas.chooseFolder, args)
        return await this.#chooseFolder()
      case 'listFolders':
        return await this.#folders.list(v.parse(callArgumentSchemas.listFolders, args)[0])
      case 'openFolder':
        await this.open(this.#folders.pathOf(v.parse(callArgumentSchemas.openFolder, args)[0]))
        return undefined
      case 'openDemo':
        v.parse(callArgumentSchemas.openDemo, args)
        await this.openDemo()
        return undefined
      case 'rescan':
        v.parse(callArgumentSchemas.rescan, args)
        await this.library.rescan()
        return undefined
      case 'stopScan':
        v.parse(callArgumentSchemas.stopScan, args)
        this.library.stopScan()
        return undefined
      case 'about':
        v.parse(callArgumentSchemas.about, args)
        return aboutSkein(this.#program)
      case 'showLocation':
        await this.#program.show(...v.parse(callArgumentSchemas.showLocation, args))
        return undefined
      case 'controlThread':
        return this.#controlThread(...v.parse(callArgumentSchemas.controlThread, args))
    }
  }

  async #saveSession({ track, position, queue }: ListeningSession): Promise<void> {
    const files = queue.flatMap((id) => this.library.trackFile(id) ?? [])
    await this.#settings.change({
      session: { file: this.library.trackFile(track), position, queue: files },
    })
  }

  /** Where the window is, remembered for the next start. */
  get windowBounds(): WindowBounds | undefined {
    return this.#settings.state.window
  }

  async saveWindowBounds(window: WindowBounds): Promise<void> {
    await this.#settings.change({ window })
  }

  #controlThread(ident: number, command: ThreadControlCommand): ThreadControlResult {
    try {
      controlThread(ident, command)
      return 'done'
    } catch (error) {
      if (error instanceof RuntimeError) return 'ended'
      throw error
    }
  }

  async #chooseFolder(): Promise<boolean> {
    if (this.#folderDialog === undefined)
      throw new UserError('This host has no folder dialog: pick a folder in the list.')
    const folder = await this.#folderDialog()
    if (folder === undefined) return false
    await this.open(folder)
    return true
  }
}
