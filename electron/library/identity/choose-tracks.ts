import { basename } from 'node:path'
import type { TrackId } from '../../../shared/library/track.ts'
import { type FileVersion, isSameVersion } from '../tags/file-version.ts'
import { addToGroup, CandidateIndex } from './candidate-index.ts'
import { isIdentified, isSameSong, type SongNames } from './same-song.ts'

/** A file that was read, and is to get a track. */
export interface UnassignedFile {
  readonly version: FileVersion
  readonly audioHash: string | undefined
  readonly song: SongNames
  /** The absolute path. */
  readonly file: string
  /** The path below the folder. */
  readonly path: string
}

/**
 * Where the file of a known track is now.
 * `present`: at its path, or nobody knows.
 * `replaced`: another file has its path.
 * `missing`: gone from its folder.
 * `away`: gone with its folder, which the user has closed.
 */
export type Whereabouts = 'present' | 'replaced' | 'missing' | 'away'

/** A known track that a file may belong to. */
export interface CandidateTrack extends UnassignedFile {
  readonly id: TrackId
  readonly whereabouts: Whereabouts
}

/** Whether the file is at the path of the track. */
const isHere: Rule = (file, track) => file.file === track.file

type Rule = (file: UnassignedFile, track: CandidateTrack) => boolean

const hasSameSound = (a: UnassignedFile, b: UnassignedFile): boolean =>
  a.audioHash !== undefined && a.audioHash === b.audioHash

/** The number of a deleted file is given to a new one, so it counts only together with the content. */
const isSameFile: Rule = (file, track) =>
  (isHere(file, track) || track.whereabouts !== 'present') &&
  file.version.fileId !== undefined &&
  file.version.fileId === track.version.fileId &&
  (isSameVersion(file.version, track.version) || hasSameSound(file, track))

/** A file that a program writes again has another number. */
const isRewrittenFile: Rule = (file, track) => isHere(file, track) && hasSameSound(file, track)

/** A whole library that has moved has the same paths below another folder. */
const hasMoved: Rule = (file, track) =>
  hasSameSound(file, track) &&
  (track.whereabouts === 'missing' || (track.whereabouts === 'away' && track.path === file.path))

/** A file that was replaced, for example by a better copy. */
const isReplacedBySameSong: Rule = (file, track) =>
  isHere(file, track) &&
  (file.audioHash === undefined || track.audioHash === undefined || isSameSong(file.song, track.song))

/** A file that was moved and replaced at once, for example by a better copy in another format. */
const hasMovedWithTagsOnly: Rule = (file, track) =>
  isIdentified(file.song) &&
  isIdentified(track.song) &&
  isSameSong(file.song, track.song) &&
  (track.whereabouts === 'missing' || (track.whereabouts === 'away' && track.path === file.path))

/** The strongest evidence comes first. */
const rules: readonly Rule[] = [isSameFile, isRewrittenFile, hasMoved, isReplacedBySameSong]

/**
 * Returns the track of each file; undefined for a file that is new. No two files get the same track. Where a rule fits
 * several tracks equally well, the file gets none of them: a new track does less harm than another file's history.
 */
export function chooseTracks(
  files: readonly UnassignedFile[],
  candidates: readonly CandidateTrack[],
): (TrackId | undefined)[] {
  if (candidates.length === 0) return files.map(() => undefined)
  const index = new CandidateIndex(candidates)
  return chooseByRules(files, rules, (file) => index.find(file))
}

/** Like `chooseTracks`, for files that it has found no track for. The candidates have the same tags as one of them. */
export function chooseTracksByTags(
  files: readonly UnassignedFile[],
  candidates: readonly CandidateTrack[],
): (TrackId | undefined)[] {
  const byTitle = Map.groupBy(candidates, ({ song }) => song.title)
  return chooseByRules(files, [hasMovedWithTagsOnly], ({ song }) => byTitle.get(song.title) ?? [])
}

function chooseByRules(
  files: readonly UnassignedFile[],
  applied: readonly Rule[],
  find: (file: UnassignedFile) => readonly CandidateTrack[],
): (TrackId | undefined)[] {
  const chosen = new Map<UnassignedFile, TrackId>()
  const taken = new Set<TrackId>()
  for (const rule of applied) {
    const claims = new Map<CandidateTrack, UnassignedFile[]>()
    for (const file of files) {
      if (chosen.has(file)) continue
      const fitting = find(file).filter((track) => !taken.has(track.id) && rule(file, track))
      const track = chooseOne(file, fitting)
      if (track !== undefined) addToGroup(claims, track, file)
    }
    for (const [track, claimants] of claims) {
      const file = chooseOne(track, claimants)
      if (file === undefined) continue
      chosen.set(file, track.id)
      taken.add(track.id)
    }
  }
  return files.map((file) => chosen.get(file))
}

/** Returns the only one, or the only one that is most like the other side. */
function chooseOne<Item extends UnassignedFile>(
  { file, path, song }: UnassignedFile,
  items: readonly Item[],
): Item | undefined {
  const tests: readonly ((item: Item) => boolean)[] = [
    () => true,
    (item) => item.path === path,
    (item) => basename(item.file) === basename(file),
    (item) => isSameSong(item.song, song),
  ]
  for (const test of tests) {
    const [only, another] = items.filter(test)
    if (another === undefined && only !== undefined) return only
  }
  return undefined
}
