import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 1024 * 1024
/** Characters of one entry: an error's message may contain a whole page. */
const maxEntryLength = 4000

// biome-ignore lint/suspicious/noControlCharactersInRegex: a log must not control the terminal that shows it
const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

/**
 * A log of bounded size: when full, it becomes `….old` and replaces the former one. Each entry is written synchronously,
 * so that the last one survives a crash. It never throws: nothing else may fail because of the log.
 */
export class LogFile {
  readonly path: string
  readonly #maxBytes: number

  constructor(path: string, maxFileBytes = maxBytes) {
    this.path = path
    this.#maxBytes = maxFileBytes
  }

  write(text: string): void {
    const cut = text.length > maxEntryLength ? `${text.slice(0, maxEntryLength)} …` : text
    const entry = cut.replaceAll(controlCharacters, ' ').trimEnd().replaceAll('\n', '\n    ')
    const line = `${new Date().toISOString()} ${entry}\n`
    try {
      this.#rotateIfFull(Buffer.byteLength(line))
      appendFileSync(this.path, line, { mode: 0o600 })
    } catch {
      // A full or read-only disk is reported when something is saved there.
    }
  }

  #rotateIfFull(bytes: number): void {
    const present = statSync(this.path, { throwIfNoEntry: false })
    if (present === undefined) mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
    else if (present.size + bytes > this.#maxBytes) renameSync(this.path, `${this.path}.old`)
  }
}
