/** The page's address: the development server's if there is one, else the built page's. */
export const pageAddress = process.env.ELECTRON_RENDERER_URL ?? 'skein://app/'

const pageOrigin =
  process.env.ELECTRON_RENDERER_URL === undefined ? 'skein://app' : new URL(pageAddress).origin

/** Whether an address is the page's own. */
export function isPageAddress(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`)
}
