/** The page that the window shows. */
export interface PageAddress {
  readonly address: string
  /** Whether a development server serves it. */
  readonly isDevelopment: boolean
  /** Whether an address is the page's own. */
  readonly isOwnAddress: (address: string) => boolean
}

/**
 * Returns the built page, or the development server's if there is one. In a package no variable counts: it would give a
 * foreign page everything that the window may do.
 */
export function findPage(isPackaged: boolean, environment: NodeJS.ProcessEnv = process.env): PageAddress {
  const server = isPackaged ? undefined : environment.ELECTRON_RENDERER_URL || undefined
  const origin = server === undefined ? 'skein://app' : new URL(server).origin
  return {
    address: server ?? `${origin}/`,
    isDevelopment: server !== undefined,
    isOwnAddress: (address) => address === origin || address.startsWith(`${origin}/`),
  }
}
