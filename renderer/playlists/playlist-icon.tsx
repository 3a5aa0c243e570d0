import { Folder, ListMusic, type LucideIcon, Sparkles } from 'lucide-react'
import type { PlaylistKind } from '../../shared/library/playlists/playlist.ts'

const icons: Readonly<Record<PlaylistKind, LucideIcon>> = { folder: Folder, list: ListMusic, smart: Sparkles }

export function PlaylistIcon({ kind }: { readonly kind: PlaylistKind }) {
  const Icon = icons[kind]
  return <Icon aria-hidden="true" />
}
