import { readFileSync } from 'node:fs'
import { pictureCodecFile } from '../../platform/paths.ts'

/** A picture as pixels: red, green, blue and alpha, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** The part that is used of WebAssembly, which the types of Node do not contain. */
interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): object
    imports(module: object): { readonly module: string; readonly name: string }[]
  }
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }

/** The functions of photon's WebAssembly module that are used. Pointers are positions in its memory. */
interface PhotonExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  __wbindgen_start(): void
  __wbindgen_malloc(bytes: number, alignment: number): number
  readonly __wbindgen_externrefs: { grow(count: number): number; set(index: number, value: unknown): void }
  photonimage_new(pixels: number, length: number, width: number, height: number): number
  photonimage_new_from_byteslice(start: number, length: number): number
  photonimage_get_width(image: number): number
  photonimage_get_height(image: number): number
  photonimage_get_raw_pixels(image: number): [start: number, length: number]
  photonimage_get_bytes(image: number): [start: number, length: number]
  photonimage_get_bytes_jpeg(image: number, quality: number): [start: number, length: number]
}

/**
 * Decodes and encodes pictures in WebAssembly: whatever a file contains, an error ends the call and not the process. Use
 * it for one picture and drop it: its memory grows with the picture and does not shrink.
 */
export class PictureCodec {
  readonly #photon: PhotonExports

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(pictureCodecFile))
    this.#photon = instantiate(compiled)
  }

  /** Returns pixels that are valid until the next call. Throws if the picture cannot be decoded. */
  decode(picture: Uint8Array): Pixels {
    const photon = this.#photon
    const image = photon.photonimage_new_from_byteslice(this.#copyIn(picture), picture.length)
    const width = photon.photonimage_get_width(image)
    const height = photon.photonimage_get_height(image)
    return { width, height, bytes: this.#view(photon.photonimage_get_raw_pixels(image)) }
  }

  encodeJpeg({ width, height, bytes }: Pixels, quality: number): Uint8Array {
    const image = this.#photon.photonimage_new(this.#copyIn(bytes), bytes.length, width, height)
    return this.#view(this.#photon.photonimage_get_bytes_jpeg(image, quality)).slice()
  }

  encodePng({ width, height, bytes }: Pixels): Uint8Array {
    const image = this.#photon.photonimage_new(this.#copyIn(bytes), bytes.length, width, height)
    return this.#view(this.#photon.photonimage_get_bytes(image)).slice()
  }

  #copyIn(bytes: Uint8Array): number {
    const start = this.#photon.__wbindgen_malloc(bytes.length, 1) >>> 0
    new Uint8Array(this.#photon.memory.buffer, start, bytes.length).set(bytes)
    return start
  }

  #view([start, length]: [number, number]): Uint8Array {
    return new Uint8Array(this.#photon.memory.buffer, start >>> 0, length)
  }
}

/** The same for all pictures of a thread. */
let compiled: object | undefined

function instantiate(module: object): PhotonExports {
  let photon: PhotonExports
  // Most of what the module imports are functions of a page, for other purposes.
  const functions = WebAssembly.Module.imports(module).map(({ name }) => [name, () => undefined] as const)
  const imports: Record<string, () => undefined> = Object.fromEntries(functions)
  imports.__wbindgen_init_externref_table = () => {
    const table = photon.__wbindgen_externrefs
    const first = table.grow(4)
    for (const [index, value] of [undefined, null, true, false].entries()) table.set(first + index, value)
  }
  for (const name of Object.keys(imports))
    if (name.includes('wbindgen_throw'))
      imports[name] = () => {
        throw new Error('the picture cannot be decoded')
      }
  const [{ module: moduleName } = { module: '' }] = WebAssembly.Module.imports(module)
  photon = new WebAssembly.Instance(module, { [moduleName]: imports }).exports as PhotonExports
  photon.__wbindgen_start()
  return photon
}
