/**
 * Packages with native code, which cannot be bundled. They are packed with what they depend on: their scripts in the
 * archive, their libraries beside it, because the system can only load those from files of their own.
 */
export const nativePackages: readonly string[] = ['@parcel/watcher', 'libsql']
