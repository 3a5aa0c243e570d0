/** Put in by the build (electron.vite.config.ts); not there where Node runs the sources as they are. */
declare const SKEIN_VERSION: string | undefined
declare const SKEIN_COMMIT: string | undefined

export const version: string = typeof SKEIN_VERSION === 'string' ? SKEIN_VERSION : 'unbuilt'

/** The commit that was built, shortened; `unknown` where it was built without git. */
export const commit: string = typeof SKEIN_COMMIT === 'string' ? SKEIN_COMMIT : 'unknown'
