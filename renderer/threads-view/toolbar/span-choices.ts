/** Lengths of time to choose from, in ms. Any other can be had by zooming. */
export const spanChoices: readonly number[] = [100, 2_000, 10_000, 60_000]
