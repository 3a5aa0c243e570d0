import * as v from 'valibot'

const pathsSchema = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.readonly())

/** Checks a launch request that comes from another process. */
export const launchRequestSchema = v.variant('kind', [
  /** The window comes to the front. */
  v.strictObject({ kind: v.literal('show') }),
  /** A folder, or files to play now, by absolute paths. */
  v.strictObject({ kind: v.literal('open'), paths: pathsSchema }),
  /** Files to add to the listener's own queue, by absolute paths. */
  v.strictObject({ kind: v.literal('enqueue'), paths: pathsSchema }),
  v.strictObject({ kind: v.literal('command'), command: v.picklist(['play-pause', 'next', 'previous']) }),
])

/** What a start requests: from itself if it is the first instance, else from the one that runs. */
export type LaunchRequest = v.InferOutput<typeof launchRequestSchema>
