import type { Configuration } from 'electron-builder'

/**
 * Electron's fuses as packages have them: switches in the program itself, which no file, argument or variable of the
 * user's can turn back.
 */
export const wantedFuses = {
  /** ELECTRON_RUN_AS_NODE would make a signed player a runtime for any script. */
  runAsNode: false,
  /** NODE_OPTIONS and NODE_EXTRA_CA_CERTS. */
  enableNodeOptionsEnvironmentVariable: false,
  /** --inspect and its like, which hand the main process to whoever connects. */
  enableNodeCliInspectArguments: false,
  /** Skein's pages come from skein://, so pages from file:// need no rights. */
  grantFileProtocolExtraPrivileges: false,
  /** No folder beside the archive is run in its place. */
  onlyLoadAppFromAsar: true,
  /** The archive's digest is checked as it is read; Electron does so on macOS and Windows only. */
  enableEmbeddedAsarIntegrityValidation: true,
  /** Skein keeps no cookie, and the keys would ask for the user's keyring. */
  enableCookieEncryption: false,
  loadBrowserProcessSpecificV8Snapshot: false,
} as const satisfies Configuration['electronFuses']
