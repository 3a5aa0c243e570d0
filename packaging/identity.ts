/** What Skein is called where systems ask for it. */
export const identity = {
  /** The application's reverse name: its desktop entry, AppStream data, icons and bundle are called so. */
  id: 'io.github.skein_player.Skein',
  product: 'Skein',
  /** The program's name and the Debian package's. */
  command: 'skein',
  maintainer: 'Skein contributors <skein-player@users.noreply.github.com>',
  copyright: 'Copyright © 2026 Skein contributors',
  category: 'public.app-category.music',
} as const
