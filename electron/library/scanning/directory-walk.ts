import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../../shared/i18n/messages.js'
import type { FileProblem } from '../../../shared/library/track.ts'
import { displayPath } from '../../platform/system-path.ts'
import { readEntryKind } from '../listing/entry-target.ts'
import type { DirectoryListing, DirectoryResult } from '../listing/list-directory.ts'
import type { FileRequest } from '../readers/scan-messages.ts'
import { audioMimeType } from '../tags/media-file-names.ts'
import { describeReadError } from '../tags/read-errors.ts'
import { type FolderIndex, joinPath } from './folder-index.ts'
import { requestAll, type ScanReaders } from './scan-readers.ts'

/** A directory that the walk has visited. */
export type WalkedDirectory =
  | { readonly kind: 'unchanged'; readonly path: string }
  | {
      readonly kind: 'listed'
      readonly path: string
      /** `files` includes those that links lead to. */
      readonly listing: DirectoryListing
      /** The paths of the directories in it that are visited later. */
      readonly below: readonly string[]
      readonly problems: readonly FileProblem[]
    }
  /** Nothing is known of its content. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly problems: readonly FileProblem[] }
  | { readonly kind: 'gone'; readonly path: string }

export interface DirectoryWalkOptions {
  /** The absolute path of the folder. */
  readonly root: string
  readonly index: FolderIndex
  readonly readers: ScanReaders
  readonly signal: AbortSignal
  /** Whether the files of directories with unchanged times are compared too. */
  readonly isThorough: boolean
  /** The identities of the directories that are not entered again, or not at all. */
  readonly entered: Set<string>
  /** Whether a path below the folder is left out. */
  readonly isExcluded: (path: string) => boolean
  /** The directories to visit, instead of the whole folder. Of those below, only unknown ones are visited. */
  readonly only?: readonly string[]
}

/** Directories that a thread examines together: fewer at first, so that the first tracks show early. */
const firstBatchSize = 4
const fullBatchSize = 32
/** Batches that the threads have at the same time. */
const maxBatches = 6

interface Batch {
  readonly paths: readonly string[]
  readonly results: Promise<readonly DirectoryResult[] | undefined>
}

/**
 * Visits the directories of a folder with the help of the scan threads, in the order of their names. Links to directories
 * are followed after all real ones. No directory is visited twice, by whichever path.
 */
export class DirectoryWalk {
  readonly #options: DirectoryWalkOptions
  /** The last one is visited first. */
  readonly #pending: string[]
  #links: string[] = []
  readonly #batches: Batch[] = []
  #visited = 0

  constructor(options: DirectoryWalkOptions) {
    this.#options = options
    this.#pending = [...(options.only ?? [''])]
  }

  async *run(): AsyncGenerator<WalkedDirectory> {
    for (;;) {
      while (this.#batches.length < maxBatches && this.#sendBatch());
      const batch = this.#batches.shift()
      const results = await batch?.results
      if (batch === undefined || results === undefined) return
      for (const [position, path] of batch.paths.entries()) {
        const walked = await this.#visit(path, results[position] as DirectoryResult)
        if (this.#options.signal.aborted) return
        if (walked !== undefined) yield walked
        if (++this.#visited % 200 === 0) await setImmediate()
      }
    }
  }

  /** Returns false if there is nothing to send now. */
  #sendBatch(): boolean {
    if (this.#pending.length === 0 && this.#batches.length === 0) {
      this.#pending.push(...this.#links.reverse())
      this.#links = []
    }
    if (this.#pending.length === 0) return false
    const size = this.#visited < fullBatchSize ? firstBatchSize : fullBatchSize
    const paths = this.#pending.splice(-size).reverse()
    const { readers, signal } = this.#options
    const requests = paths.map((path) => this.#makeRequest(path))
    const results = requestAll(readers, requests, signal) as Batch['results']
    this.#batches.push({ paths, results })
    return true
  }

  #makeRequest(path: string): FileRequest {
    const { index, root, isThorough, only } = this.#options
    const file = path === '' ? root : join(root, path)
    const modifiedNs = index.get(path)?.modifiedNs ?? ''
    // A directory that was named is listed: something in it has changed.
    if (modifiedNs === '' || only?.includes(path)) return { kind: 'directory', file }
    const signature = isThorough ? index.sign(path) : undefined
    if (isThorough && signature === undefined) return { kind: 'directory', file }
    return { kind: 'directory', file, known: { modifiedNs, ...(signature !== undefined && { signature }) } }
  }

  async #visit(
    path: string,
    result: DirectoryResult | { readonly reason: string },
  ): Promise<WalkedDirectory | undefined> {
    if ('reason' in result) return unreadable(path, result.reason)
    if ('error' in result) {
      const { code } = result.error
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone', path }
      const error = Object.assign(new Error(code), { code })
      return unreadable(path, describeReadError(error, 'folder', path))
    }
    const { entered } = this.#options
    // Links to the folder itself are not entered.
    if (path !== '' && entered.has(result.identity)) return undefined
    entered.add(result.identity)
    if (result.listing !== undefined) return await this.#handleListing(path, result.listing)
    this.#push(path, [...(this.#options.index.get(path)?.folders ?? [])].sort())
    return { kind: 'unchanged', path }
  }

  async #handleListing(path: string, listing: DirectoryListing): Promise<WalkedDirectory> {
    const files: string[] = []
    const folders: string[] = []
    const below: string[] = []
    const problems = listing.others.map((name) => problem(joinPath(path, name), m.host_not_a_file()))
    for (const name of listing.links) {
      const file = join(this.#options.root, path, name)
      const kind = await readEntryKind({ name, kind: 'link' }, file)
      if (kind === 'linkedFolder') below.push(...this.#addLink(joinPath(path, name)))
      else if (kind === 'folder') folders.push(name)
      else if (audioMimeType(name) === undefined) continue
      else if (kind === 'file') files.push(name)
      else
        problems.push(
          problem(
            joinPath(path, name),
            kind === 'other' ? m.host_not_a_file() : describeReadError(kind, 'file', file),
          ),
        )
    }
    below.push(
      ...this.#push(path, folders.length === 0 ? listing.folders : [...listing.folders, ...folders].sort()),
    )
    return {
      kind: 'listed',
      path,
      below,
      listing: files.length === 0 ? listing : { ...listing, files: [...listing.files, ...files].sort() },
      problems,
    }
  }

  /** Returns the paths that will be visited. */
  #push(path: string, names: readonly string[]): readonly string[] {
    const below = names.map((name) => joinPath(path, name)).filter((folder) => this.#isToVisit(folder))
    for (const folder of below.toReversed()) this.#pending.push(folder)
    return below
  }

  #addLink(path: string): readonly string[] {
    if (!this.#isToVisit(path)) return []
    this.#links.push(path)
    return [path]
  }

  #isToVisit(path: string): boolean {
    const { isExcluded, only, index } = this.#options
    return !isExcluded(path) && (only === undefined || index.get(path) === undefined)
  }
}

const unreadable = (path: string, reason: string): WalkedDirectory => ({
  kind: 'unreadable',
  path,
  problems: [problem(path || '.', reason)],
})

const problem = (path: string, reason: string): FileProblem => ({ path: displayPath(path), reason })
