const colourCount = 8

/** The colour of a thread by its index among the threads of its run. */
export const threadColour = (index: number): string => `var(--thread-${index % colourCount})`
