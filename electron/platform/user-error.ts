/** An error whose message is one sentence for the user. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
