/** Helpers for main, which must not block. */

export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const pollInterval = 5

/** Resolves with the first value of `find` that is not undefined. */
export async function pollUntil<Found>(find: () => Found | undefined): Promise<Found> {
  for (;;) {
    const value = find()
    if (value !== undefined) return value
    await delay(pollInterval)
  }
}
