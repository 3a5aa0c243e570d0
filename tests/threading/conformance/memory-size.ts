/** The memory of the processes that the cases run in: small, so that it is soon full. */
export const memoryBytes = 2 ** 25
