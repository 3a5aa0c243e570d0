const colourCount = 8

/** The colour of a thread by its place among the threads of its run, from 0. */
export const threadColour = (place: number): string => `var(--thread-${place % colourCount})`
