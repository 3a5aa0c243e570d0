import { lazyComponent } from './lazy/lazy-component.tsx'

/** The parts of the window that its first frame does not show. */
export const UpNextView = lazyComponent(async () => (await import('../up-next/up-next-view.tsx')).UpNextView)
export const PlaylistsView = lazyComponent(
  async () => (await import('../playlists/playlists-view.tsx')).PlaylistsView,
)
export const SettingsView = lazyComponent(
  async () => (await import('../settings/settings-view.tsx')).SettingsView,
)
export const AboutDialog = lazyComponent(async () => (await import('../about/about-dialog.tsx')).AboutDialog)
export const AddToPlaylistDialog = lazyComponent(
  async () => (await import('../playlists/add-to-playlist-dialog.tsx')).AddToPlaylistDialog,
)
export const ColumnsDialog = lazyComponent(
  async () => (await import('../library/track-grid/columns-dialog.tsx')).ColumnsDialog,
)
export const ContextMenu = lazyComponent(
  async () => (await import('../context-menu/context-menu.tsx')).ContextMenu,
)
export const FolderDialog = lazyComponent(
  async () => (await import('../library/folder-dialog.tsx')).FolderDialog,
)
export const ProblemsDialog = lazyComponent(
  async () => (await import('../library/problems-dialog.tsx')).ProblemsDialog,
)
export const PropertiesDialog = lazyComponent(
  async () => (await import('../library/properties/properties-dialog.tsx')).PropertiesDialog,
)
export const LabView = lazyComponent(async () => (await import('../lab/lab-view.tsx')).LabView)
export const ThreadsPanel = lazyComponent(async () => (await import('./threads-panel.tsx')).ThreadsPanel)

/** Loads the views and dialogs while the window is idle, so that each opens immediately. */
export function preloadParts(): void {
  const parts = [
    ContextMenu,
    UpNextView,
    PlaylistsView,
    SettingsView,
    ColumnsDialog,
    FolderDialog,
    AboutDialog,
    ProblemsDialog,
    PropertiesDialog,
    AddToPlaylistDialog,
  ]
  // A part that cannot be loaded reports the error when it is shown.
  for (const part of parts) requestIdleCallback(() => void part.preload().catch(() => undefined))
}
