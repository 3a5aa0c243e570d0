/** What the host sends to the watcher process: the absolute path of another folder to watch. */
export interface WatcherRequest {
  readonly folder: string
}

/** What the watcher process sends to the host. Paths are absolute. */
export type WatcherReport =
  /** The folder is watched from now on: earlier changes are not reported. */
  | { readonly kind: 'watching'; readonly folder: string }
  /** The folder does not exist at present. It is watched as soon as it does. */
  | { readonly kind: 'away'; readonly folder: string }
  | {
      readonly kind: 'failed'
      readonly folder: string
      readonly reason: 'limit' | 'error'
      readonly details: string
    }
  | {
      readonly kind: 'changed'
      readonly folder: string
      /** The directories whose entries have changed. */
      readonly directories: readonly string[]
      /** How many changes the system has reported: it drops some when there are very many. */
      readonly count: number
    }
  /** The folder is another one than before, or gone: the process has to be replaced. */
  | { readonly kind: 'moved'; readonly folder: string }
  /** The process has used up its subscriptions, and has to be replaced. */
  | { readonly kind: 'worn' }
