import { join } from 'node:path'
import * as v from 'valibot'
import type { About, FolderListing, Settings } from '../shared/host-api.ts'
import { controlThread, mostSlowness, RuntimeError, type ThreadOrder } from '../shared/threading/index.ts'
import type { ProcessView } from '../shared/threading/view.ts'
import { aboutSkein, type Program, plainProgram } from './about.ts'
import { dataFolder } from './library/data-folder.ts'
import type { FeedListener } from './library/feed.ts'
import { Folders } from './library/folders.ts'
import { Library, UserError } from './library/library.ts'
import { errorText, note } from './library/log.ts'
import { ScanCrew } from './library/scan-crew.ts'
import { SettingsFile, settingsSchema } from './library/settings-file.ts'
import { demoFolder } from './places.ts'
import { watchThreads } from './thread-watch.ts'

const nothing = v.strictTuple([])
const folderId = v.pipe(v.number(), v.integer(), v.minValue(1))

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

  /**
   * `dialog` is undefined where the host has none; the page then lists folders itself. `ready`: the scan threads are not
   * started before it resolves.
   */
  constructor(
    options: { dialog?: FolderDialog; data?: string; program?: Program; ready?: Promise<void> } = {},
  ) {
    this.#program = options.program ?? plainProgram
    this.#crew = new ScanCrew(undefined, options.ready)
    this.library = new Library(this.#crew, demoFolder)
    this.#settings = new SettingsFile(join(options.data ?? dataFolder(), 'settings.json'), (message) =>
      this.library.fail(message),
    )
    this.#dialog = options.dialog
  }

  get settings(): Settings {
    return this.#settings.remembered.settings
  }

  /** To be called first. */
  async readSettings(): Promise<void> {
    await this.#settings.read()
    this.#settings.checkFolder()
  }

  /**
   * Opens the folder that the start was given, else the last one. What cannot be opened is told as a failure. Nothing
   * should wait for it: a folder on a network that is away may take minutes to say so.
   */
  async openFirst(folder: string | undefined): Promise<void> {
    const { library } = this.#settings.remembered
    try {
      if (folder !== undefined) await this.open(folder)
      else if (library?.kind === 'folder') await this.library.open(library.folder)
      else if (library?.kind === 'demo') await this.library.openDemo()
    } catch (error) {
      this.library.fail(sentenceOf(error))
    }
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

function sentenceOf(error: unknown): string {
  if (error instanceof UserError) return error.message
  if (v.isValiError(error)) return 'The page asked for something that its host does not know: load it again.'
  return `Something in Skein's host failed (${error instanceof Error ? error.message : String(error)}): try again.`
}
