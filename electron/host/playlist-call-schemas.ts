import * as v from 'valibot'
import { maxPlaylistEntries, playlistFormats } from '../../shared/library/playlists/playlist.ts'
import { maxUploadedPlaylistBytes } from '../../shared/library/playlists/playlist-calls.ts'
import { smartRulesSchema } from '../library/user-playlists/rules-schema.ts'

const maxText = 10_000
const id = v.pipe(v.number(), v.integer(), v.minValue(1))
const parent = v.pipe(v.number(), v.integer(), v.minValue(0))
const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const name = v.pipe(v.string(), v.maxLength(maxText))
const tracks = v.pipe(v.array(id), v.maxLength(maxPlaylistEntries))
const ranges = v.pipe(v.array(index), v.maxLength(2 * maxPlaylistEntries))
const format = v.picklist(playlistFormats)

const newPlaylist = v.variant('kind', [
  v.strictObject({ kind: v.literal('folder'), name, parent }),
  v.strictObject({ kind: v.literal('smart'), name, parent, rules: smartRulesSchema }),
  v.strictObject({ kind: v.literal('list'), name, parent, tracks: v.optional(tracks, []) }),
])

const file = v.strictObject({
  name,
  content: v.pipe(v.string(), v.base64(), v.maxLength(Math.ceil(maxUploadedPlaylistBytes / 3) * 4)),
})

/** The arguments of the calls about playlists. */
export const playlistCallSchemas = {
  createPlaylist: v.strictTuple([newPlaylist]),
  renamePlaylist: v.strictTuple([id, name]),
  setPlaylistRules: v.strictTuple([id, smartRulesSchema]),
  movePlaylist: v.strictTuple([id, parent, index]),
  deletePlaylist: v.strictTuple([id]),
  addToPlaylist: v.strictTuple([id, tracks]),
  removePlaylistEntries: v.strictTuple([id, ranges]),
  movePlaylistEntries: v.strictTuple([id, ranges, index]),
  undoPlaylistChange: v.strictTuple([id]),
  importPlaylists: v.strictTuple([]),
  importPlaylistFile: v.strictTuple([file]),
  exportPlaylist: v.union([v.strictTuple([id, format]), v.strictTuple([id, format, tracks])]),
}
