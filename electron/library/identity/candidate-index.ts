import type { CandidateTrack, UnassignedFile } from './choose-tracks.ts'

/** Finds the few tracks that a rule can fit to a file: thousands of files may have one number or one sound. */
export class CandidateIndex {
  readonly #byFile = new Map<string, CandidateTrack[]>()
  /** Only the tracks whose file is not at its path any more. */
  readonly #byFileId = new Map<string, CandidateTrack[]>()
  /** Only the tracks whose file, or its folder, is gone. */
  readonly #byAudioHash = new Map<string, CandidateTrack[]>()

  constructor(candidates: readonly CandidateTrack[]) {
    for (const track of candidates) {
      const { file, whereabouts, audioHash } = track
      const { fileId } = track.version
      addToGroup(this.#byFile, file, track)
      if (whereabouts === 'present') continue
      if (fileId !== undefined) addToGroup(this.#byFileId, fileId, track)
      if (whereabouts !== 'replaced' && audioHash !== undefined)
        addToGroup(this.#byAudioHash, audioHash, track)
    }
  }

  /** Returns the tracks at the path of the file, and those with its number or its sound that have lost their file. */
  find({ file, version, audioHash }: UnassignedFile): CandidateTrack[] {
    const found = new Set(this.#byFile.get(file))
    if (version.fileId !== undefined)
      for (const track of this.#byFileId.get(version.fileId) ?? []) found.add(track)
    if (audioHash !== undefined) for (const track of this.#byAudioHash.get(audioHash) ?? []) found.add(track)
    return [...found]
  }
}

export function addToGroup<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}
