import { defineTargets, Empty, now } from '@skein/threading'
import { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import type { ListRequest } from '../../shared/library/library-list.ts'
import { PlaylistContents } from '../../shared/library/playlists/playlist-contents.ts'
import { parseStoredTracks } from '../../shared/library/stored-track.ts'
import type { Track } from '../../shared/library/track.ts'
import { type Interpretation, interpretInput, mergeInputs } from '../../shared/player/input-interpreter.ts'
import type { Command, Input, LibraryInput } from '../../shared/player/messages.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import { isSameList, ListServer } from './list-server.ts'
import { type PlayerChannels, runUntilShutdown } from './player-channels.ts'
import { WatchedTracks } from './watched-tracks.ts'

/** Milliseconds between two lists that are sent because the library has changed. */
const minListInterval = 100
/** Of the time while the library grows, lists take at most one in so many parts. */
const listIntervalFactor = 4
/** Milliseconds without an input, after which the next search is prepared. */
const idleDelay = 200

/** The thread `input`: turns clicks, keys and navigation into commands, and contains the library. */
export function input(channels: PlayerChannels): void {
  const handler = new InputHandler(channels)
  runUntilShutdown(() => {
    for (;;) {
      const burst = takeBurst(channels, handler.timeout(now()))
      for (const merged of mergeInputs(burst)) handler.handle(merged)
      handler.sendChanges(now())
      if (burst.length === 0) handler.prepare()
    }
  })
}
defineTargets({ input })

/** Waits for an input and returns it with all others in the queue; returns none after the timeout. */
function takeBurst({ inputs }: PlayerChannels, timeout: number | undefined): Input[] {
  const burst: Input[] = []
  try {
    burst.push(inputs.get(true, timeout))
    for (;;) burst.push(inputs.getNowait())
  } catch (error) {
    if (error instanceof Empty) return burst
    throw error
  }
}

type ListQuestion = Extract<
  LibraryInput,
  {
    kind:
      | 'items'
      | 'resolveItems'
      | 'resolveEntries'
      | 'resolveList'
      | 'resolveUpNext'
      | 'locateItems'
      | 'findItem'
  }
>

/** The state of the input thread, and what it does with each input. */
export class InputHandler {
  readonly #channels: PlayerChannels
  readonly #upNext: UpNext
  readonly #catalogue = new Catalogue()
  readonly #playlists = new PlaylistContents(this.#catalogue)
  readonly #shown = new ListServer(this.#catalogue, this.#playlists)
  readonly #watched = new WatchedTracks(this.#catalogue)
  /** The list that is being played, while the library may still grow. */
  #playedRequest: ListRequest | undefined
  /** When a list that the window did not request may be sent, in milliseconds since 1970. */
  #nextListAt = 0
  #isPrepared = true
  /** Whether the list belongs to the previous library: it stays only while one of its songs is current. */
  #isListOfPreviousLibrary = false

  constructor(channels: PlayerChannels) {
    this.#channels = channels
    this.#upNext = new UpNext(channels.upNext)
  }

  handle(input: Input): void {
    switch (input.kind) {
      case 'libraryCleared':
        this.#clear()
        break
      case 'storedTracks':
        this.#addTracks(parseStoredTracks(input))
        this.#channels.answers.put({ kind: 'chunkTaken' })
        break
      case 'libraryTracks':
        this.#addTracks(input.tracks)
        break
      case 'libraryTracksRemoved':
        this.#catalogue.remove(input.ids)
        this.#markLibraryChanged()
        break
      case 'playlists':
        this.#playlists.setPlaylists(input.playlists)
        this.#markPlaylistStale()
        break
      case 'playlistEntries':
        this.#playlists.splice(input.splice)
        this.#markPlaylistStale()
        break
      case 'list':
        this.#shown.show(input)
        this.#nextListAt = 0
        break
      case 'tracks':
        this.#watched.watch(input.ids)
        break
      case 'items':
      case 'resolveItems':
      case 'resolveEntries':
      case 'resolveList':
      case 'resolveUpNext':
      case 'locateItems':
      case 'findItem':
        this.#answer(input)
        break
      case 'playItem':
      case 'playItems':
      case 'enqueueItems':
        this.#applySelection(input)
        break
      default:
        this.#apply(interpretInput(input))
    }
  }

  /** Returns the milliseconds after which there is something to do without an input; undefined if there is nothing. */
  timeout(time: number): number | undefined {
    if (!this.#shown.isSent) return Math.max(0, this.#nextListAt - time)
    return this.#isPrepared ? undefined : idleDelay
  }

  /** Prepares the next search in parts, between which inputs are handled. */
  prepare(): void {
    if (this.#shown.isSent) this.#isPrepared = !this.#catalogue.prepare()
  }

  /** Sends what has changed to the window: requested lists immediately, lists with new tracks a few times a second. */
  sendChanges(time: number): void {
    this.#sendTracks()
    if (this.#shown.isSent || time < this.#nextListAt) return
    const { current, request } = this.#shown
    if (this.#playedRequest !== undefined && isSameList(this.#playedRequest, request))
      this.#growList(current.songs)
    this.#channels.answers.put(this.#shown.answer())
    const end = now()
    this.#nextListAt = end + Math.max(minListInterval, listIntervalFactor * (end - time))
  }

  #addTracks(tracks: readonly Track[]): void {
    this.#catalogue.add(tracks)
    this.#watched.markChanged(tracks)
    this.#markLibraryChanged()
  }

  #markLibraryChanged(): void {
    this.#shown.markStale()
    this.#isPrepared = false
  }

  #markPlaylistStale(): void {
    if (this.#shown.request.list.kind === 'playlist') this.#shown.markStale()
  }

  #clear(): void {
    {
      using _ = this.#upNext.hold()
      this.#watched.keepPrevious(this.#upNext.songs)
    }
    this.#catalogue.clear()
    this.#shown.clear()
    this.#nextListAt = 0
    this.#playedRequest = undefined
    this.#isListOfPreviousLibrary = true
  }

  #answer(input: ListQuestion): void {
    const { answers } = this.#channels
    switch (input.kind) {
      case 'items': {
        const items = this.#shown.items(input)
        if (items !== undefined) answers.put({ kind: 'items', items })
        break
      }
      case 'resolveItems':
        answers.put({ kind: 'resolved', token: input.token, tracks: this.#shown.tracksOf(input).slice() })
        break
      case 'resolveEntries':
        answers.put({ kind: 'located', token: input.token, indexes: this.#shown.entriesOf(input) })
        break
      case 'resolveList':
        answers.put({
          kind: 'resolved',
          token: input.token,
          tracks: this.#shown.tracksIn(input.list).slice(),
        })
        break
      case 'resolveUpNext':
        answers.put({ kind: 'resolved', token: input.token, tracks: this.#readUpcoming() })
        break
      case 'locateItems':
        answers.put({ kind: 'located', token: input.token, indexes: this.#shown.locate(input.items) })
        break
      case 'findItem': {
        const indexes = Int32Array.of(this.#shown.findName(input.text))
        answers.put({ kind: 'located', token: input.token, indexes })
      }
    }
  }

  #readUpcoming(): Int32Array {
    using _ = this.#upNext.hold()
    return this.#upNext.upcoming
  }

  #applySelection(input: Extract<LibraryInput, { kind: 'playItem' | 'playItems' | 'enqueueItems' }>): void {
    if (input.kind === 'playItem') {
      const playable = this.#shown.playable(input.index, input)
      if (playable === undefined) return
      this.#writeList({ start: playable.start, onlyIfEmpty: false, songs: playable.tracks })
      this.#send({ kind: 'playTrack', track: playable.start })
      return
    }
    const tracks = this.#shown.tracksOf(input)
    if (tracks.length === 0) return
    if (input.kind === 'playItems') {
      this.#writeList({ start: 0, onlyIfEmpty: false, songs: tracks })
      this.#send({ kind: 'playList' })
    } else {
      this.#enqueue({ tracks, at: input.at })
      this.#send({ kind: 'planChanged' })
    }
  }

  #apply({ list, queue, commands, answers }: Interpretation): void {
    if (list !== undefined) this.#writeList(list)
    if (queue !== undefined) this.#enqueue(queue)
    for (const command of commands) this.#send(command)
    for (const answer of answers) this.#channels.answers.put(answer)
  }

  /** Sends a command. The window gets the track that it starts before it is requested from the sound output. */
  #send(command: Command): void {
    if (command.kind === 'playTrack' || command.kind === 'resume') {
      this.#watched.announce(command.track)
      this.#sendTracks()
    }
    this.#channels.commands.put(command)
  }

  #sendTracks(): void {
    const tracks = this.#watched.takeChanged()
    if (tracks.length > 0) this.#channels.answers.put({ kind: 'tracks', tracks })
  }

  #enqueue({ tracks, at }: NonNullable<Interpretation['queue']>): void {
    let leftOut = 0
    {
      using _ = this.#upNext.hold()
      leftOut = this.#upNext.enqueue(tracks, at)
    }
    this.#channels.changed.set()
    if (leftOut > 0) this.#channels.answers.put({ kind: 'queueFull', leftOut })
  }

  /** Makes the list that the user sees the list to play, or the songs that the request names. */
  #writeList({ start, onlyIfEmpty, songs }: NonNullable<Interpretation['list']>): void {
    const shown = this.#shown.current.songs
    const isShown = songs === undefined ? start === 0 || shown.includes(start) : songs === shown
    const tracks = isShown ? shown : (songs ?? Int32Array.of(start))
    {
      using _ = this.#upNext.hold()
      if (onlyIfEmpty && this.#hasList(tracks)) return
      this.#upNext.writeList(tracks, start)
    }
    this.#isListOfPreviousLibrary = false
    this.#playedRequest = isShown ? this.#shown.request : undefined
    this.#channels.changed.set()
  }

  #hasList(tracks: Int32Array): boolean {
    const { list, isActive } = this.#upNext
    return list.length > 0 && (isActive || !this.#isListOfPreviousLibrary || tracks.length === 0)
  }

  /** Songs that a running scan finds extend the list that plays. */
  #growList(tracks: Int32Array): void {
    {
      using _ = this.#upNext.hold()
      if (tracks.length > this.#upNext.list.length) this.#upNext.growList(tracks)
    }
    this.#channels.changed.set()
  }
}
