/** Waiting on main, which must not block. */

/** Resolves after so many milliseconds. */
export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** How often is looked at what no thread tells, in ms. */
const pollInterval = 5

/** Resolves with what `look` finds, once that is something. */
export async function pollUntil<Found>(look: () => Found | undefined): Promise<Found> {
  for (;;) {
    const value = look()
    if (value !== undefined) return value
    await delay(pollInterval)
  }
}
