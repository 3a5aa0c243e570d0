/** The time spans to choose from, in ms. Zooming sets any other. */
export const spanChoices: readonly number[] = [100, 2_000, 10_000, 60_000]
