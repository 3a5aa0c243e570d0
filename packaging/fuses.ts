import type { Configuration } from 'electron-builder'

/**
 * Electron's fuses in packages: switches in the program itself, which no file, argument or environment variable can
 * change.
 */
export const wantedFuses = {
  /** With ELECTRON_RUN_AS_NODE, a signed player would run any script. */
  runAsNode: false,
  /** NODE_OPTIONS and NODE_EXTRA_CA_CERTS. */
  enableNodeOptionsEnvironmentVariable: false,
  /** With --inspect and similar options, any program that connects controls the main process. */
  enableNodeCliInspectArguments: false,
  /** Skein's page comes from skein://, so pages from file:// need no privileges. */
  grantFileProtocolExtraPrivileges: false,
  /** A folder beside the archive is not run instead of it. */
  onlyLoadAppFromAsar: true,
  /** The archive's digest is checked when it is read, on macOS and Windows only. */
  enableEmbeddedAsarIntegrityValidation: true,
  /** Skein has no cookies, and encryption would require the user's keyring. */
  enableCookieEncryption: false,
  loadBrowserProcessSpecificV8Snapshot: false,
} as const satisfies Configuration['electronFuses']
