/** Why a stream cannot be opened or continued. These are reasons of the player too. */
export type StreamFailure = 'diskHangs' | 'fileDamaged' | 'fileEmpty' | 'fileMissing' | 'formatUnsupported'

/** A failure of a stream. Its message is for the log. */
export class StreamError extends Error {
  override readonly name: string = 'StreamError'
  readonly reason: StreamFailure

  constructor(reason: StreamFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** There is no decoder for the format here. Another output may play the file. */
export class UnsupportedFormat extends StreamError {
  override readonly name = 'UnsupportedFormat'

  /** `format` names what is not supported. */
  constructor(format: string, options?: ErrorOptions) {
    super('formatUnsupported', format, options)
  }
}

/** The file contains no sound that can be decoded. */
export class DecodeError extends StreamError {
  override readonly name = 'DecodeError'

  constructor(message: string, options?: ErrorOptions) {
    super('fileDamaged', message, options)
  }
}

/** The file's bytes cannot be read. */
export class SourceError extends StreamError {
  override readonly name = 'SourceError'
  /** Whether the file was replaced or changed since it was opened: opened again, it may play. */
  readonly hasChanged: boolean

  constructor(reason: StreamFailure, message: string, options: ErrorOptions & { hasChanged?: boolean } = {}) {
    super(reason, message, options)
    this.hasChanged = options.hasChanged ?? false
  }
}
