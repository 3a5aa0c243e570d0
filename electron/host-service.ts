import { join } from 'node:path'
import * as v from 'valibot'
import type { About, FolderListing, ListeningSession, Settings } from '../shared/host-api.ts'
import { controlThread, mostSlowness, RuntimeError, type ThreadOrder } from '../shared/threading/index.ts'
import type { ProcessView } from '../shared/threading/view.ts'
import { aboutSkein, type Program, plainProgram } from './about.ts'
import type { Order } from './command-line.ts'
import { dataFolder } from './library/data-folder.ts'
import type { FeedListener } from './library/feed.ts'
import { Folders } from './library/folders.ts'
import { Library, UserError } from './library/library.ts'
import { errorText, note } from './library/log.ts'
import { ScanCrew } from './library/scan-crew.ts'
import { SettingsFile, settingsSchema, type WindowPlace } from './library/settings-file.ts'
import { Orders } from './orders.ts'
import { demoFolder } from './places.ts'
import { sentenceOf } from './sentence-of.ts'
import { watchThreads } from './thread-watch.ts'

const nothing = v.strictTuple([])
const folderId = v.pipe(v.number(), v.integer(), v.minValue(1))

const trackId = v.pipe(v.number(), v.integer(), v.minValue(1))

const listeningSession = v.strictObject({
  track: v.union([v.literal(0), trackId]),
  position: v.pipe(v.number(), v.minValue(0)),
  queue: v.array(trackId),
})

const threadOrder = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['pause', 'resume', 'step']) }),
  v.strictObject({
    kind: v.literal('slow'),
    factor: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostSlowness)),
  }),
])

/** The arguments of every call that a page may make of its host; both hosts check against these. */
const callArguments = {
  settings: nothing,
  saveSettings: v.strictTuple([settingsSchema]),
  saveSession: v.strictTuple([listeningSession]),
  farewell: nothing,
  chooseFolder: nothing,
  listFolders: v.union([nothing, v.strictTuple([folderId])]),
  openFolder: v.strictTuple([folderId]),
  openDemo: nothing,
  rescan: nothing,
  stopScan: nothing,
  about: nothing,
  showPlace: v.strictTuple([v.picklist(['data', 'log', 'licences'])]),
  controlThread: v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(2)), threadOrder]),
}

export type CallName = keyof typeof callArguments

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(callArguments, name)
}

/** The answer to a call: its value, or one sentence for the user. */
export type CallAnswer =
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
  readonly #crew: ScanCrew
  readonly #dialog: FolderDialog | undefined
  readonly #program: Program
  readonly #followed = Promise.withResolvers<void>()
  readonly #orders: Orders
  #onFarewell: (() => void) | undefined

  /**
   * `dialog` is undefined where the host has none; the page then lists folders itself. With `waitsForPage` the scan
   * threads begin when a page follows: they would take the processor from its first picture.
   */
  constructor(
    options: { dialog?: FolderDialog; data?: string; program?: Program; waitsForPage?: boolean } = {},
  ) {
    this.#program = options.program ?? plainProgram
    this.#crew = new ScanCrew(undefined, options.waitsForPage ? this.#followed.promise : undefined)
    this.library = new Library(this.#crew, demoFolder)
    this.#settings = new SettingsFile(join(options.data ?? dataFolder(), 'settings.json'), (message) =>
      this.library.fail(message),
    )
    this.#dialog = options.dialog
    this.#orders = new Orders(this.library, (folder) => this.open(folder))
  }

  get settings(): Settings {
    return this.#settings.remembered.settings
  }

  /** To be called first. */
  async readSettings(): Promise<void> {
    await this.#settings.read()
    this.#settings.checkFolder()
  }

  /** Begins with what the start asked for. Nothing should wait for it: see `Orders`. */
  begin(order: Order): void {
    this.#orders.begin(order, this.#settings.remembered)
  }

  /** Does what a later start handed over. */
  carryOutOrder(order: Order): void {
    this.#orders.carryOut(order)
  }

  /** Has the page save what it has to save; resolves when it has done so, or after `patience` milliseconds. */
  async sayFarewell(patience: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.#onFarewell = () => {
        clearTimeout(timer)
        resolve()
      }
      this.library.order({ kind: 'ending' })
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

  subscribe(listener: FeedListener): () => void {
    this.#followed.resolve()
    return this.library.subscribe(listener)
  }

  /** Tells of the host's threads when they change, until the answer is called. */
  watchThreads(listener: (view: ProcessView) => void): () => void {
    return watchThreads(listener)
  }

  /** Carries out a page's call. What the page sent is not trusted. */
  async call(name: CallName, args: unknown): Promise<CallAnswer> {
    try {
      return { ok: true, value: await this.#carryOut(name, args) }
    } catch (error) {
      const message = sentenceOf(error)
      note('told', `${message} (${name})${error instanceof UserError ? '' : `\n${errorText(error)}`}`)
      return { ok: false, message }
    }
  }

  /** Ends the threads, and resolves when they have ended and the settings are on disk. */
  async close(): Promise<void> {
    this.library.stopScan()
    await this.#crew.close()
    await this.#settings.settled()
  }

  async #carryOut(
    name: CallName,
    args: unknown,
  ): Promise<Settings | FolderListing | About | boolean | undefined> {
    switch (name) {
      case 'settings':
        v.parse(callArguments.settings, args)
        return this.settings
      case 'saveSettings': {
        const [settings] = v.parse(callArguments.saveSettings, args)
        this.onSettings(settings)
        await this.#settings.change({ settings })
        return undefined
      }
      case 'saveSession':
        await this.#saveSession(...v.parse(callArguments.saveSession, args))
        return undefined
      case 'farewell':
        v.parse(callArguments.farewell, args)
        this.#onFarewell?.()
        return undefined
      case 'chooseFolder':
        v.parse(callArguments.chooseFolder, args)
        return await this.#chooseFolder()
      case 'listFolders':
        return await this.#folders.list(v.parse(callArguments.listFolders, args)[0])
      case 'openFolder':
        await this.open(this.#folders.pathOf(v.parse(callArguments.openFolder, args)[0]))
        return undefined
      case 'openDemo':
        v.parse(callArguments.openDemo, args)
        await this.openDemo()
        return undefined
      case 'rescan':
        v.parse(callArguments.rescan, args)
        await this.library.rescan()
        return undefined
      case 'stopScan':
        v.parse(callArguments.stopScan, args)
        this.library.stopScan()
        return undefined
      case 'about':
        v.parse(callArguments.about, args)
        return aboutSkein(this.#program)
      case 'showPlace':
        await this.#program.show(...v.parse(callArguments.showPlace, args))
        return undefined
      case 'controlThread':
        this.#controlThread(...v.parse(callArguments.controlThread, args))
        return undefined
    }
  }

  async #saveSession({ track, position, queue }: ListeningSession): Promise<void> {
    const files = queue.flatMap((id) => this.library.trackFile(id) ?? [])
    await this.#settings.change({
      session: { file: this.library.trackFile(track), position, queue: files },
    })
  }

  /** Where the window is, remembered for the next start. */
  get windowPlace(): WindowPlace | undefined {
    return this.#settings.remembered.window
  }

  async saveWindowPlace(window: WindowPlace): Promise<void> {
    await this.#settings.change({ window })
  }

  #controlThread(ident: number, order: ThreadOrder): void {
    try {
      controlThread(ident, order)
    } catch (error) {
      if (error instanceof RuntimeError) throw new UserError('That thread has ended.')
      throw error
    }
  }

  async #chooseFolder(): Promise<boolean> {
    if (this.#dialog === undefined)
      throw new UserError('This host has no folder dialog: pick a folder in the list.')
    const folder = await this.#dialog()
    if (folder === undefined) return false
    await this.open(folder)
    return true
  }
}
