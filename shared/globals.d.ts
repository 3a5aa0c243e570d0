/** The globals that every runtime of shared code has: a page, its workers and Node. Only the project `shared` sees this. */

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}
declare const TextEncoder: new () => TextEncoder

interface TextDecoder {
  decode(bytes?: ArrayBufferView<ArrayBuffer> | ArrayBuffer): string
}
declare const TextDecoder: new (
  label?: string,
  options?: { fatal?: boolean; ignoreBOM?: boolean },
) => TextDecoder

declare const performance: { now(): number; readonly timeOrigin: number }

declare const console: Record<'debug' | 'error' | 'info' | 'log' | 'warn', (...values: unknown[]) => void>

/** Node has it since version 21. */
declare var navigator: { readonly hardwareConcurrency: number } | undefined
declare function atob(text: string): string
declare function btoa(bytes: string): string
