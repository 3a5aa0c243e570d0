import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Distance in pixels between two samples, in both directions. */
const pixelStep = 4

/** A private X server without a monitor. Its picture is in a file. */
export class VirtualScreen {
  /** The value of DISPLAY for its clients. */
  readonly display: string
  readonly #server: ChildProcess
  readonly #folder: string
  readonly #file: number
  readonly #pixels: Buffer

  private constructor(server: ChildProcess, display: string, folder: string) {
    this.#server = server
    this.display = display
    this.#folder = folder
    const path = join(folder, 'Xvfb_screen0')
    this.#file = openSync(path, 'r')
    this.#pixels = Buffer.alloc(statSync(path).size)
  }

  /** Throws if Xvfb is not installed. */
  static async open(width: number, height: number): Promise<VirtualScreen> {
    const folder = mkdtempSync(join(tmpdir(), 'skein-screen-'))
    const args = ['-screen', '0', `${width}x${height}x24`, '-br', '-nocursor', '-nolisten', 'tcp']
    const server = spawn('Xvfb', [...args, '-fbdir', folder, '-displayfd', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    try {
      const number = await awaitDisplayNumber(server)
      return new VirtualScreen(server, `:${number}`, folder)
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  /** Returns the number of colours on the screen below a row, counting up to `maxCount`. A blank screen has one. */
  countColours(maxCount: number, belowRow = 0): number {
    readSync(this.#file, this.#pixels, 0, this.#pixels.length, 0)
    const { width, height, begin, stride } = this.#readLayout()
    const colours = new Set<number>()
    for (let y = belowRow; y < height && colours.size < maxCount; y += pixelStep) {
      for (let x = 0; x < width; x += pixelStep)
        colours.add(this.#pixels.readUInt32LE(begin + y * stride + 4 * x))
    }
    return colours.size
  }

  async close(): Promise<void> {
    closeSync(this.#file)
    const ended = this.#server.exitCode === null ? once(this.#server, 'exit') : undefined
    this.#server.kill()
    await ended
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** The file is an X window dump: a header of big-endian words, a table of colours, 32 bits for each pixel. */
  #readLayout() {
    const word = (index: number): number => this.#pixels.readUInt32BE(4 * index)
    const coloursInTable = word(19)
    return { width: word(4), height: word(5), stride: word(12), begin: word(0) + 12 * coloursInTable }
  }
}

async function awaitDisplayNumber(server: ChildProcess): Promise<number> {
  const pipe = server.stdio[3]
  if (!pipe || !('setEncoding' in pipe)) throw new Error('Xvfb has no pipe for its display number.')
  pipe.setEncoding('utf8')
  const failure = once(server, 'error').then(([error]) => {
    throw new Error(`Xvfb could not be started (${error instanceof Error ? error.message : error}).`)
  })
  const displayNumber = new Promise<number>((resolve, reject) => {
    let text = ''
    pipe.on('data', (part: string) => {
      text += part
      if (text.includes('\n')) resolve(Number(text))
    })
    pipe.once('end', () => reject(new Error('Xvfb exited before it printed its display number.')))
  })
  return await Promise.race([displayNumber, failure])
}
