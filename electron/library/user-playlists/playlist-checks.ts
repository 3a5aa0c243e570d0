import { m } from '../../../shared/i18n/messages.js'
import {
  maxPlaylistDepth,
  maxPlaylistEntries,
  maxPlaylistName,
  maxPlaylists,
} from '../../../shared/library/playlists/playlist.ts'
import { UserError } from '../../platform/user-error.ts'
import type { PlacementProblem } from './playlist-tree.ts'

/** Returns the name as it is stored. Throws a UserError if it cannot be one. */
export function checkName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw new UserError(m.playlists_name_missing())
  if (trimmed.length > maxPlaylistName)
    throw new UserError(m.playlists_name_too_long({ max: maxPlaylistName }))
  return trimmed
}

/** Throws a UserError if entries would exceed the limit. */
export function checkRoom(present: number, added: number): void {
  if (present + added > maxPlaylistEntries)
    throw new UserError(m.playlists_full({ max: maxPlaylistEntries.toLocaleString('en') }))
}

/** Throws a UserError with the problem's sentence. */
export function throwProblem(problem: PlacementProblem | undefined): void {
  switch (problem) {
    case undefined:
      return
    case 'insideItself':
      throw new UserError(m.playlists_inside_itself())
    case 'tooDeep':
      throw new UserError(m.playlists_too_deep({ max: maxPlaylistDepth }))
    case 'tooMany':
      throw new UserError(m.playlists_too_many({ max: maxPlaylists.toLocaleString('en') }))
    default:
      throw new UserError(m.playlists_unknown())
  }
}
