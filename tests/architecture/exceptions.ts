/**
 * What the checks let pass, each entry by how the violation begins. An entry without a reason is work that is left:
 * remove it when the work is done, and add none.
 */

export const importExceptions: readonly string[] = []

export const fileNameExceptions: readonly string[] = ['renderer/ui/utils/format.ts and renderer/lab']

/** Texts that stay in the code for good. */
export const textExceptions: readonly string[] = [
  // The programs that the Lab shows and runs. What they print is in their code.
  'renderer/lab/programs/',
  // Formats that other programs read, and the dump that goes into a bug report.
  'renderer/threads-view/trace-file/',
]

/** Keys that the window does not use yet. */
export const unusedKeyExceptions: readonly string[] = []

export const documentExceptions: readonly string[] = []

/** Files that still have phrases of the old dialect. */
export const languageExceptions: readonly string[] = []
