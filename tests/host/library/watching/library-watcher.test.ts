import { expect, onTestFinished, test, vi } from 'vitest'
import {
  LibraryWatcher,
  type LibraryWatcherOptions,
} from '../../../../electron/library/watching/library-watcher.ts'
import type { WatcherProcessListener } from '../../../../electron/library/watching/watcher-process-handle.ts'

/** A library with a watcher process that only this test controls. */
function watchLibrary(options: Partial<LibraryWatcherOptions> = {}) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const scans: unknown[] = []
  const failures: string[] = []
  let process: WatcherProcessListener | undefined
  const watcher = new LibraryWatcher(
    { scanChanges: (changes) => scans.push(changes) },
    {
      module: '',
      start: (_module, listener) => {
        process = listener
        return { send: () => {}, kill: () => {} }
      },
      isOnNetworkDisk: (folder) => folder.startsWith('/net'),
      publishFailure: (message) => failures.push(message),
      ...options,
    },
  )
  onTestFinished(() => watcher.close())
  return { watcher, scans, failures, process: () => process }
}

test('changes are scanned after two seconds of quiet', () => {
  const { watcher, scans, process } = watchLibrary()
  watcher.watch(['/music'])
  const change = (directory: string) =>
    process()?.onReport({ kind: 'changed', folder: '/music', directories: [directory], count: 1 })
  change('/music/a')
  vi.advanceTimersByTime(1_999)
  change('/music/b')
  vi.advanceTimersByTime(1_999)
  expect(scans).toEqual([])
  vi.advanceTimersByTime(1)
  expect(scans).toEqual([['/music/a', '/music/b']])
})

test('changes without an end are scanned every 30 seconds', () => {
  const { watcher, scans, process } = watchLibrary()
  watcher.watch(['/music'])
  for (let second = 0; second < 60; second++) {
    process()?.onReport({ kind: 'changed', folder: '/music', directories: ['/music/a'], count: 1 })
    vi.advanceTimersByTime(1_000)
  }
  expect(scans).toHaveLength(2)
})

test('a folder that is not watched is reported once, and checked when the window gains the focus', () => {
  const { watcher, scans, failures } = watchLibrary()
  watcher.watch(['/net/music'])
  expect(failures).toEqual([
    'Skein cannot watch /net/music for changes, because it is on a network drive. It checks the folder when its window gains the focus, and once a day.',
  ])
  watcher.checkAtFocus()
  watcher.checkAtFocus()
  expect(scans).toEqual(['thoroughCheck', 'check'])
  vi.advanceTimersByTime(30_000)
  watcher.checkAtFocus()
  expect(scans).toEqual(['thoroughCheck', 'check', 'check'])
  watcher.watch([])
  watcher.watch(['/net/music'])
  expect(failures).toHaveLength(1)
})

test('the state of each folder is known, and its changes are reported', () => {
  const states: string[] = []
  const { watcher, process } = watchLibrary({
    onState: () => states.push(['/music', '/net/music'].map((folder) => watcher.stateOf(folder)).join()),
  })
  watcher.watch(['/music', '/net/music'])
  expect(watcher.stateOf('/music')).toBe('starting')
  process()?.onReport({ kind: 'watching', folder: '/music' })
  process()?.onReport({ kind: 'failed', folder: '/music', reason: 'limit', details: '' })
  expect(states).toContain('watched,network')
  expect(states.at(-1)).toBe('limit,network')
})

test('a folder that is watched is not checked when the window gains the focus', () => {
  const { watcher, scans } = watchLibrary()
  watcher.watch(['/music'])
  watcher.checkAtFocus()
  expect(scans).toEqual([])
})

test('everything is checked once a day', () => {
  const { watcher, scans, process } = watchLibrary()
  watcher.watch(['/music'])
  process()?.onReport({ kind: 'watching', folder: '/music' })
  vi.advanceTimersByTime(24 * 60 * 60 * 1000 - 1)
  // Once at the beginning.
  expect(scans).toEqual(['thoroughCheck'])
  vi.advanceTimersByTime(1)
  expect(scans).toEqual(['thoroughCheck', 'thoroughCheck'])
  watcher.close()
  vi.advanceTimersByTime(24 * 60 * 60 * 1000)
  expect(scans).toHaveLength(2)
})
