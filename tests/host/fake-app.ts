import { EventEmitter } from 'node:events'
import type { App } from 'electron'

/** Electron's application as far as the host uses it. It locks nothing and exits nothing: it records what is asked. */
export class FakeApp extends EventEmitter {
  isPackaged = true
  /** What `requestSingleInstanceLock` returns: whether no other instance runs. */
  isFirst = true
  readonly folders = new Map<string, string>()
  /** The data that the lock was requested with. */
  readonly sent: unknown[] = []
  readonly exitCodes: number[] = []
  releaseCount = 0

  setPath(name: string, folder: string): void {
    this.folders.set(name, folder)
  }

  getPath(name: string): string {
    const folder = this.folders.get(name)
    if (folder === undefined) throw new Error(`No path is set for ${name}`)
    return folder
  }

  requestSingleInstanceLock(data: unknown): boolean {
    this.sent.push(data)
    return this.isFirst
  }

  releaseSingleInstanceLock(): void {
    this.releaseCount++
  }

  exit(code: number): void {
    this.exitCodes.push(code)
  }
}

/** Electron's own type has a hundred members that no test needs. */
export const asApp = (app: FakeApp): App => app as unknown as App

/** An event whose default action can be prevented. */
export class FakeEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}
