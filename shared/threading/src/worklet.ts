/**
 * What a thread needs that the library did not start, such as an AudioWorklet: nothing here needs `performance`, timers
 * or text encoders. `adoptThread` on main makes the adoption.
 */
export { MemoryError, RuntimeError, ValueError } from './core/errors.ts'
export { RingBuffer, type RingBufferOptions } from './ring/ring-buffer.ts'
export { type Adoption, enterAdoptedThread } from './threads/adoption.ts'
