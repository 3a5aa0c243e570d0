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
  // The names of codecs.
  'shared/sound/engine-codecs.ts',
  // Marks in files, and the names of codecs.
  'renderer/decoding/container-packets.ts',
  'shared/sound/bytes/',
  'shared/sound/flac/',
  'shared/sound/matroska/',
  'shared/sound/mp4/',
  'shared/sound/mpeg/',
  'shared/sound/ogg/',
  'shared/sound/pcm/',
]

/** Names in sentences that need no isolation. */
export const isolationExceptions: readonly string[] = [
  // The names of Skein's own threads.
  'renderer/session/session.ts: shell_thread_',
]

/** Messages with the same text in English that mean different things: other languages may tell them apart. */
export const sameTextExceptions: readonly string[] = [
  // The number of threads of an exercise, beside the panel.
  'common_threads, lab_control_threads',
  // The threads that wait, beside the state.
  'lab_condition_fact_waiting, threads_waiting',
  // Whether an exercise uses its lock, beside the exercise about locks.
  'lab_interference_control_lock, lab_lock_title',
  // What a thread waits for, and what it holds.
  'lab_life_reason_nothing, threads_holds_nothing',
  // The length of a song, and the moment of an event.
  'library_column_time, threads_operation_time',
  // How a file's sound is stored, and how songs sound.
  'properties_sound, settings_sound',
  // The state of an event, and the operation that changes it.
  'threads_flag_clear, threads_mark_clear',
  'threads_flag_set, threads_mark_set',
]

/** Keys that the window does not use yet. */
export const unusedKeyExceptions: readonly string[] = []

export const documentExceptions: readonly string[] = []

/** Files that still have phrases of the old dialect. */
export const languageExceptions: readonly string[] = []
