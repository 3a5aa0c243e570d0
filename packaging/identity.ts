/** The names of Skein in the systems it is installed on. */
export const identity = {
  /** The application's reverse domain name: the name of its desktop entry, AppStream data, icons and bundle. */
  id: 'io.github.skein_player.Skein',
  product: 'Skein',
  /** The name of the program and of the Debian package. */
  command: 'skein',
  maintainer: 'Skein contributors <skein-player@users.noreply.github.com>',
  copyright: 'Copyright © 2026 Skein contributors',
  category: 'public.app-category.music',
} as const
