/**
 * Confirms what two samples in a row show. A sample of running threads does not show a single moment: what it seems to
 * show may never have been true. What two samples show was true between them.
 */
export class SampleConfirmation<Finding> {
  #last: Finding | undefined

  /** Whether this sample shows the same as the one before. */
  confirms(finding: Finding): boolean {
    const isConfirmed = finding === this.#last
    this.#last = finding
    return isConfirmed
  }
}
