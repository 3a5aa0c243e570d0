/** The memory of the processes that the cases run in: small, so that it is soon full. */
export const memoryBytes = 2 ** 25

/** The table of objects of the process that runs the common suites: no case disposes of what it made. */
export const commonMaxObjects = 2 ** 14
