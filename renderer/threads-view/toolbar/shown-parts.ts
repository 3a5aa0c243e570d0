/** Whether each part beside and below the threads is visible. */
export interface ShownParts {
  readonly series: boolean
  readonly events: boolean
  readonly objects: boolean
}
