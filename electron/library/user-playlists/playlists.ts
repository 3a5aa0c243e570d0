import type { HostEvent } from '../../../shared/host-api.ts'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import {
  maxPlaylistEntries,
  maxPlaylistName,
  type Playlist,
  type PlaylistId,
} from '../../../shared/library/playlists/playlist.ts'
import type { NewPlaylist, PlaylistChange } from '../../../shared/library/playlists/playlist-calls.ts'
import type { SmartRules } from '../../../shared/library/playlists/smart-rules.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import { UserError } from '../../platform/user-error.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { EntryRecord } from '../database/requests/stored-entries.ts'
import { reorder, toRanges } from './entry-ranges.ts'
import { entryOf, wantedOf } from './entry-records.ts'
import { checkName, checkRoom, throwProblem } from './playlist-checks.ts'
import type { PlaylistLibrary } from './playlist-library.ts'
import { PlaylistTree } from './playlist-tree.ts'
import { parseSmartRules } from './rules-schema.ts'
import { partsOf, type ShownRange, spliceOf } from './shown-entries.ts'
import { UndoStack } from './undo-stack.ts'
import { UnlistedFiles } from './unlisted-files.ts'

type Send = (event: HostEvent) => void

/** Entries in one request or event. */
const entriesPerMessage = 2_000
/** Deleted playlists stay in the database for this time, in milliseconds. */
const keepDeletedFor = 30 * 24 * 60 * 60 * 1000

/** The user's playlists: they are in the database, and every change is sent to the pages. */
export class Playlists {
  readonly #database: Pick<DatabaseClient, 'request'>
  readonly #publish: Send
  readonly #library: PlaylistLibrary
  readonly #undoStack = new UndoStack()
  /** How often each playlist has changed. */
  readonly #versions = new Map<PlaylistId, number>()
  readonly #unlistedFiles: UnlistedFiles
  #tree = new PlaylistTree([])
  #last: Promise<unknown>

  constructor(database: Pick<DatabaseClient, 'request'>, publish: Send, library: PlaylistLibrary) {
    this.#database = database
    this.#library = library
    this.#unlistedFiles = new UnlistedFiles(library)
    this.#publish = publish
    this.#last = this.#clean().catch(() => undefined)
  }

  /** Sends all playlists to a page, before any later change. */
  async sendAll(send: Send): Promise<void> {
    await this.#run(async () => {
      const playlists = await this.#readTree()
      send({ kind: 'playlists', playlists })
      for (const { id, kind } of playlists)
        if (kind === 'list')
          await this.#sendEntries(send, { playlist: id, start: 0, removed: maxPlaylistEntries })
    })
    void this.#listFiles().catch(() => {})
  }

  /** Looks again for the tracks of missing entries: a scan has ended. */
  async findMissing(): Promise<void> {
    await this.#run(async () => {
      const entries = await this.#database.request('listUnknownEntries')
      for (const some of partsOf(entries, entriesPerMessage)) {
        const tracks = await this.#database.request('matchEntries', {
          entries: some.map(wantedOf),
          isLast: some.at(-1) === entries.at(-1),
        })
        for (const [index, track] of tracks.entries()) {
          const entry = some[index]
          if (track === 0 || entry === undefined) continue
          const { playlist, index: start } = entry
          const entries = [entryOf(track)]
          await this.#database.request('spliceEntries', { playlist, start, removed: 1, entries, change: 0 })
          await this.#publishEntries({ playlist, start, removed: 1 }, 1)
        }
      }
    })
  }

  async create(playlist: NewPlaylist): Promise<PlaylistId> {
    return await this.#run(async () => {
      const { name, kind, parent, rules, tracks = [] } = playlist
      throwProblem(this.#tree.checkCreation(parent))
      checkRoom(0, tracks.length)
      const id = await this.#database.request('createPlaylist', {
        name: checkName(name),
        kind,
        parent,
        rules: kind === 'smart' ? JSON.stringify(rules) : undefined,
        createdAt: Date.now(),
      })
      await this.#publishTree()
      if (kind === 'list') await this.#insert(id, 0, tracks.map(entryOf))
      return id
    })
  }

  /** Creates a list whose tracks may be missing. */
  async createFromEntries(name: string, entries: readonly EntryRecord[]): Promise<PlaylistId> {
    const id = await this.create({ kind: 'list', name: name.slice(0, maxPlaylistName), parent: 0 })
    await this.#run(() => this.#insert(id, 0, entries))
    return id
  }

  async rename(id: PlaylistId, name: string): Promise<void> {
    await this.#run(async () => {
      this.require(id)
      await this.#database.request('renamePlaylist', { id, name: checkName(name) })
      await this.#publishTree()
    })
  }

  async setRules(id: PlaylistId, rules: SmartRules): Promise<void> {
    await this.#run(async () => {
      this.require(id, 'smart')
      await this.#database.request('setPlaylistRules', { id, rules: JSON.stringify(rules) })
      await this.#publishTree()
    })
  }

  async move(id: PlaylistId, parent: PlaylistId, index: number): Promise<void> {
    await this.#run(async () => {
      throwProblem(this.#tree.checkMove(id, parent))
      const ids = this.#tree.arrange(id, parent, index)
      await this.#database.request('arrangePlaylists', { parent, ids })
      await this.#publishTree()
    })
  }

  async delete(id: PlaylistId): Promise<PlaylistChange> {
    return await this.#run(async () => {
      this.require(id)
      const ids = this.#tree.withDescendants(id)
      const change = this.#undoStack.begin()
      await this.#database.request('markPlaylistsDeleted', { ids, at: Date.now() })
      const undo = async () => {
        await this.#database.request('markPlaylistsDeleted', { ids, at: undefined })
        await this.#publishTree()
      }
      this.#undoStack.add(change, { undo, forget: () => {} })
      await this.#publishTree()
      return change
    })
  }

  async addTracks(id: PlaylistId, tracks: readonly TrackId[]): Promise<PlaylistChange> {
    return await this.#run(async () => {
      const count = await this.#countEntries(id)
      checkRoom(count, tracks.length)
      const change = this.#undoStack.begin()
      const inserted = await this.#insert(id, count, tracks.map(entryOf))
      this.#addUndo(change, { playlist: id, start: count, count: inserted })
      return change
    })
  }

  async removeEntries(id: PlaylistId, pairs: readonly number[]): Promise<PlaylistChange> {
    return await this.#run(async () => {
      const ranges = toRanges(pairs, await this.#countEntries(id))
      const { start = 0 } = ranges[0] ?? {}
      const { end = 0 } = ranges.at(-1) ?? {}
      const kept = ranges.slice(1).flatMap((range, index) => {
        const from = ranges[index]?.end ?? 0
        return Array.from({ length: range.start - from }, (_, offset) => from + offset - start)
      })
      return await this.#rearrange({ playlist: id, start, count: end - start, order: kept })
    })
  }

  async moveEntries(id: PlaylistId, pairs: readonly number[], to: number): Promise<PlaylistChange> {
    return await this.#run(async () => {
      const length = await this.#countEntries(id)
      const { start, order } = reorder(toRanges(pairs, length), Math.min(to, length))
      return await this.#rearrange({ playlist: id, start, count: order.length, order })
    })
  }

  /** Throws a UserError if the playlist has changed since. */
  async undo(change: PlaylistChange): Promise<void> {
    await this.#run(async () => {
      const found = this.#undoStack.take(change)
      if (found === undefined) throw new UserError(m.playlists_cannot_undo())
      await found.undo()
    })
  }

  /** Throws a UserError if there is no such playlist. */
  require(id: PlaylistId, kind?: Playlist['kind']): Playlist {
    const playlist = this.#tree.get(id)
    if (playlist === undefined || (kind !== undefined && playlist.kind !== kind))
      throw new UserError(m.playlists_unknown())
    return playlist
  }

  async #clean(): Promise<void> {
    await this.#database.request('forgetAllChanges')
    await this.#database.request('purgePlaylists', Date.now() - keepDeletedFor)
  }

  /** Runs changes one after the other, so that pages receive them in the same sequence as the database. */
  async #run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return await result
  }

  async #readTree(): Promise<readonly Playlist[]> {
    const records = await this.#database.request('listPlaylists')
    const playlists = records.map(({ rules, ...record }) => ({ ...record, rules: parseSmartRules(rules) }))
    this.#tree = new PlaylistTree(playlists)
    return playlists
  }

  async #publishTree(): Promise<void> {
    this.#publish({ kind: 'playlists', playlists: await this.#readTree() })
  }

  async #countEntries(id: PlaylistId): Promise<number> {
    this.require(id, 'list')
    return await this.#database.request('countEntries', id)
  }

  /** Returns how many entries were inserted. */
  async #insert(playlist: PlaylistId, start: number, entries: readonly EntryRecord[]): Promise<number> {
    let inserted = 0
    for (const some of partsOf(entries, entriesPerMessage))
      inserted += await this.#database.request('spliceEntries', {
        playlist,
        start: start + inserted,
        removed: 0,
        entries: some,
        change: 0,
      })
    await this.#publishEntries({ playlist, start, removed: 0 }, inserted)
    return inserted
  }

  async #rearrange(rearrangement: {
    readonly playlist: PlaylistId
    readonly start: number
    readonly count: number
    readonly order: readonly number[]
  }): Promise<PlaylistChange> {
    const { playlist, start, count, order } = rearrangement
    const change = this.#undoStack.begin()
    await this.#database.request('rearrangeEntries', { ...rearrangement, change })
    await this.#publishEntries({ playlist, start, removed: count }, order.length)
    this.#addUndo(change, { playlist, start, count: order.length })
    return change
  }

  #addUndo(change: PlaylistChange, range: { playlist: PlaylistId; start: number; count: number }): void {
    const { playlist, start, count } = range
    const version = this.#versions.get(playlist)
    const undo = async () => {
      const name = this.require(playlist).name
      if (this.#versions.get(playlist) !== version)
        throw new UserError(m.playlists_changed_since({ name: isolate(name) }))
      const restored = await this.#database.request('restoreEntries', { playlist, start, count, change })
      await this.#publishEntries({ playlist, start, removed: count }, restored)
    }
    const forget = () => void this.#run(() => this.#database.request('forgetChange', change)).catch(() => {})
    this.#undoStack.add(change, { undo, forget })
  }

  /** Lists the files of external tracks, and sends their playlists again. */
  async #listFiles(): Promise<void> {
    for (const playlist of await this.#unlistedFiles.list())
      await this.#run(() =>
        this.#sendEntries(this.#publish, { playlist, start: 0, removed: maxPlaylistEntries }),
      )
  }

  async #publishEntries(range: ShownRange, count: number): Promise<void> {
    this.#versions.set(range.playlist, (this.#versions.get(range.playlist) ?? 0) + 1)
    await this.#sendEntries(this.#publish, range, count)
  }

  /** Sends what replaces a range: `count` entries from its start on. */
  async #sendEntries(send: Send, range: ShownRange, count = maxPlaylistEntries): Promise<void> {
    const { playlist, start } = range
    for (let sent = 0, { removed } = range; ; removed = 0) {
      const wanted = Math.min(entriesPerMessage, count - sent)
      const entries =
        wanted === 0
          ? []
          : await this.#database.request('readEntries', { playlist, start: start + sent, count: wanted })
      this.#unlistedFiles.collect(playlist, entries)
      const splice = spliceOf({ playlist, start: start + sent, removed }, entries, this.#library)
      send({ kind: 'playlistEntries', splice })
      sent += entries.length
      if (sent >= count || entries.length < wanted) return
    }
  }
}
