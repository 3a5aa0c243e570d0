import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 1024 * 1024
/** Characters of one entry: an error may carry a whole page in its message. */
const maxEntryLength = 4000

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal must not get from a log
const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

/**
 * A log of bounded size: full, it becomes `….old` in the place of the one before. Each entry is written at once, so
 * that the last one is there after a crash. Nothing here throws: what cannot be logged is not worth a failure.
 */
export class LogFile {
  readonly path: string
  readonly #maxBytes: number

  constructor(path: string, limit = maxBytes) {
    this.path = path
    this.#maxBytes = limit
  }

  write(text: string): void {
    const cut = text.length > maxEntryLength ? `${text.slice(0, maxEntryLength)} …` : text
    const entry = cut.replaceAll(controlCharacters, ' ').trimEnd().replaceAll('\n', '\n    ')
    const line = `${new Date().toISOString()} ${entry}\n`
    try {
      this.#rotateIfFull(Buffer.byteLength(line))
      appendFileSync(this.path, line, { mode: 0o600 })
    } catch {
      // A disk that is full or read-only is told by whoever has something to save there.
    }
  }

  #rotateIfFull(bytes: number): void {
    const present = statSync(this.path, { throwIfNoEntry: false })
    if (present === undefined) mkdirSync(dirname(this.path), { recursive: true })
    else if (present.size + bytes > this.#maxBytes) renameSync(this.path, `${this.path}.old`)
  }
}
