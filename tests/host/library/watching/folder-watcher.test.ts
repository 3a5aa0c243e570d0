import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import {
  FolderWatcher,
  type FolderWatcherOptions,
  watcherDefaults,
} from '../../../../electron/library/watching/folder-watcher.ts'
import {
  forkWatcher,
  startNodeWatcher,
  type WatcherProcess,
  type WatcherStarter,
} from '../../../../electron/library/watching/watcher-process-handle.ts'
import type { WatchFailure } from '../../../../shared/library/library-folder.ts'
import { scratchFolder, until } from '../../scratch.ts'

const module = fileURLToPath(
  new URL('../../../../electron/library/watching/watcher-process.ts', import.meta.url),
)

/** Watches with a short quiet period. `checks` are the requests to look for changes anywhere. */
function watchFolders(folders: readonly string[], options: Partial<FolderWatcherOptions> = {}) {
  const changed = new Set<string>()
  const failures: [string, WatchFailure][] = []
  const checks: string[] = []
  const seen = { passes: 0 }
  const processes: WatcherProcess[] = []
  const start: WatcherStarter = (entry, listener) => {
    const started = (options.start ?? startNodeWatcher)(entry, listener)
    processes.push(started)
    return started
  }
  const watcher = new FolderWatcher(
    { ...watcherDefaults, quiet: 100, maxDelay: 1_000, restartDelay: 10, module, ...options, start },
    {
      onChanged: (directories) => {
        seen.passes++
        if (typeof directories === 'string') checks.push(directories)
        else for (const directory of directories) changed.add(directory)
      },
      onFailure: (folder, reason) => failures.push([folder, reason]),
    },
  )
  onTestFinished(() => watcher.close())
  watcher.watch(folders)
  return { watcher, changed, checks, failures, seen, processes }
}

/** Waits until the host is to check everything: a folder is watched from now on, or is away. */
const untilWatching = async (watched: ReturnType<typeof watchFolders>, times = 1) =>
  await until(() => expect(watched.checks).toHaveLength(times))

test('the directories of new, changed, removed and renamed songs are reported', async () => {
  const root = scratchFolder()
  for (const name of ['new', 'changed', 'removed', 'renamed', 'same']) {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'a.mp3'), 'a')
  }
  const watched = watchFolders([root])
  await untilWatching(watched)
  writeFileSync(join(root, 'new', 'b.mp3'), 'b')
  writeFileSync(join(root, 'changed', 'a.mp3'), 'b')
  unlinkSync(join(root, 'removed', 'a.mp3'))
  renameSync(join(root, 'renamed', 'a.mp3'), join(root, 'renamed', 'b.mp3'))
  const expected = ['new', 'changed', 'removed', 'renamed'].map((name) => join(root, name))
  await until(() => expect([...watched.changed].sort()).toEqual(expected.sort()))
})

test('a thousand changes are reported with all of their directories', async () => {
  const root = scratchFolder()
  const names = Array.from({ length: 100 }, (_, index) => join(root, `album ${index}`))
  for (const name of names) mkdirSync(name)
  const watched = watchFolders([root])
  await untilWatching(watched)
  for (let song = 0; song < 10; song++)
    for (const name of names) writeFileSync(join(name, `${song}.flac`), 'a')
  await until(() => expect([...watched.changed].sort()).toEqual(names.toSorted()))
  expect(watched.seen.passes).toBeLessThan(20)
})

test('a tree that is moved or made here is reported, and its directories are watched', async () => {
  const root = scratchFolder()
  const elsewhere = scratchFolder()
  mkdirSync(join(elsewhere, 'artist', 'album'), { recursive: true })
  const watched = watchFolders([root])
  await untilWatching(watched)
  renameSync(join(elsewhere, 'artist'), join(root, 'artist'))
  mkdirSync(join(root, 'made', 'at', 'once'), { recursive: true })
  await until(() => expect(watched.changed).toContain(join(root, 'artist')))
  await until(() => expect(watched.changed).toContain(join(root, 'made')))
  writeFileSync(join(root, 'artist', 'album', 'a.mp3'), 'a')
  writeFileSync(join(root, 'made', 'at', 'once', 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(join(root, 'artist', 'album')))
  await until(() => expect(watched.changed).toContain(join(root, 'made', 'at', 'once')))
  expect(watched.processes).toHaveLength(1)
})

test('more new trees than one process can watch lead to another process, and nothing is missed', async () => {
  const root = scratchFolder()
  const watched = watchFolders([root], { quiet: 20, maxDelay: 200 })
  await untilWatching(watched)
  for (let tree = 0; watched.processes.length === 1; tree++) {
    mkdirSync(join(root, `tree ${tree}`))
    await until(() =>
      expect(watched.changed.has(join(root, `tree ${tree}`)) || watched.processes.length > 1).toBe(true),
    )
  }
  await untilWatching(watched, 2)
  writeFileSync(join(root, 'tree 0', 'a.mp3'), 'a')
  writeFileSync(join(root, 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(root))
  await until(() => expect(watched.changed).toContain(join(root, 'tree 0')))
}, 60_000)

test('files that are no music, hidden files and trash folders are not reported', async () => {
  const root = scratchFolder()
  for (const name of ['.git', '$RECYCLE.BIN', 'music', 'last']) mkdirSync(join(root, name))
  const watched = watchFolders([root])
  await untilWatching(watched)
  writeFileSync(join(root, '.git', 'a.mp3'), 'a')
  writeFileSync(join(root, '$RECYCLE.BIN', 'a.mp3'), 'a')
  writeFileSync(join(root, 'music', 'notes.txt'), 'a')
  writeFileSync(join(root, 'music', '.hidden.mp3'), 'a')
  writeFileSync(join(root, 'last', 'cover.JPG'), 'a')
  await until(() => expect([...watched.changed]).toEqual([join(root, 'last')]))
})

test('changes are passed on when the folder is quiet, or after the maximum delay', async () => {
  const root = scratchFolder()
  const watched = watchFolders([root], { quiet: 400, maxDelay: 1_500 })
  await untilWatching(watched)
  const before = watched.seen.passes
  const timer = setInterval(() => writeFileSync(join(root, 'growing.mp3'), String(Date.now())), 50)
  onTestFinished(() => clearInterval(timer))
  await until(() => expect(watched.seen.passes).toBe(before + 1))
  clearInterval(timer)
})

test('so many changes that the system may drop some are followed by a check of everything', async () => {
  const root = scratchFolder()
  const watched = watchFolders([root], { maxChanges: 500 })
  await untilWatching(watched)
  for (let song = 0; song < 1_000; song++) writeFileSync(join(root, `${song}.mp3`), 'a')
  await untilWatching(watched, 2)
  expect(watched.checks.at(-1)).toBe('thoroughCheck')
})

test('a crash of the process is followed by a restart and a check of everything', async () => {
  const root = scratchFolder()
  const children: { kill(): void }[] = []
  const start: WatcherStarter = (entry, listener) => {
    const child = startNodeWatcher(entry, listener)
    // The process ends by itself: the host has not killed it.
    children.push({ kill: () => listener.onEnd('SIGSEGV') })
    return child
  }
  const watched = watchFolders([root], { start })
  await untilWatching(watched)
  children[0]?.kill()
  await untilWatching(watched, 2)
  expect(watched.checks).toEqual(['thoroughCheck', 'thoroughCheck'])
  writeFileSync(join(root, 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(root))
  expect(watched.failures).toEqual([])
  expect(watched.processes).toHaveLength(2)
})

test('a process that ends again and again is given up with a reason, until the next attempt', async () => {
  const root = scratchFolder()
  const folder = scratchFolder()
  const broken = join(folder, 'broken.mjs')
  writeFileSync(broken, 'process.on("message", () => process.abort())')
  const { watcher, failures, processes } = watchFolders([root], {
    module: broken,
    restartDelay: 1,
    maxCrashes: 2,
  })
  await until(() => expect(failures).toEqual([[root, 'crashes']]))
  expect(processes).toHaveLength(3)
  expect(watcher.failureOf(root)).toBe('crashes')
  watcher.retry()
  await until(() => expect(processes).toHaveLength(6))
})

/** Linux limits the watched directories of each user namespace. */
const canLimitWatches =
  spawnSync('unshare', ['--user', '--map-root-user', 'test', '-w', '/proc/sys/user/max_inotify_watches'])
    .status === 0

test.skipIf(!canLimitWatches)(
  'at the real limit of Linux a folder is not watched, with a reason',
  async () => {
    const roots = [scratchFolder(), scratchFolder()] as const
    for (let index = 0; index < 20; index++) mkdirSync(join(roots[0], `album ${index}`))
    const program = join(scratchFolder(), 'node')
    const limit = 'echo 10 > /proc/sys/user/max_inotify_watches'
    writeFileSync(
      program,
      `#!/bin/sh\nexec unshare --user --map-root-user sh -c '${limit}; exec "$0" "$@"' '${process.execPath}' "$@"\n`,
      { mode: 0o755 },
    )
    const watched = watchFolders(roots, {
      start: (entry, listener) => forkWatcher(entry, listener, program),
    })
    await until(() => expect(watched.failures).toEqual([[roots[0], 'limit']]))
    await until(() => expect(watched.checks.length).toBeGreaterThan(0))
    writeFileSync(join(roots[1], 'a.mp3'), 'a')
    await until(() => expect(watched.changed).toContain(roots[1]))
    // A new directory is watched only if there is room for it.
    for (let index = 0; index < 20; index++) mkdirSync(join(roots[1], `album ${index}`))
    await until(() => expect(watched.failures).toContainEqual([roots[1], 'limit']))
  },
)

test('a limit that is reported for one folder does not concern the others', async () => {
  const roots = [scratchFolder(), scratchFolder()] as const
  const limited = join(scratchFolder(), 'limited.ts')
  writeFileSync(
    limited,
    `process.on('message', ({ folder }) => {
       if (folder === ${JSON.stringify(roots[0])})
         process.send({ kind: 'failed', folder, reason: 'limit', details: 'No space left on device' })
     })
     await import(${JSON.stringify(module)})`,
  )
  const watched = watchFolders(roots, { module: limited })
  await until(() => expect(watched.failures).toEqual([[roots[0], 'limit']]))
  await until(() => expect(watched.checks.length).toBeGreaterThan(0))
  writeFileSync(join(roots[1], 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(roots[1]))
  expect(watched.changed).not.toContain(roots[0])
})

test('a folder on a network drive is not watched, with a reason', async () => {
  const root = scratchFolder()
  const { failures, processes } = watchFolders([root], { isOnNetworkDisk: () => true })
  expect(failures).toEqual([[root, 'network']])
  expect(processes).toEqual([])
})

test('a process that does not respond is replaced, without the folder that it waits for', async () => {
  const roots = [scratchFolder(), scratchFolder()] as const
  const silent = join(scratchFolder(), 'silent.mjs')
  writeFileSync(
    silent,
    `process.on('message', ({ folder }) => {
       if (folder === ${JSON.stringify(roots[1])}) process.send({ kind: 'watching', folder })
     })`,
  )
  const watched = watchFolders(roots, { module: silent, responseTimeout: 500 })
  await until(() => expect(watched.failures).toEqual([[roots[0], 'silent']]))
  await until(() => expect(watched.processes).toHaveLength(2))
})

test('a folder that is away is watched when it returns, and when another one takes its path', async () => {
  const parent = scratchFolder()
  const root = join(parent, 'music')
  const watched = watchFolders([root])
  await untilWatching(watched)
  mkdirSync(root)
  await untilWatching(watched, 2)
  writeFileSync(join(root, 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(root))
  renameSync(root, join(parent, 'moved'))
  cpSync(join(parent, 'moved'), root, { recursive: true })
  await until(() => expect(watched.processes).toHaveLength(2))
  await untilWatching(watched, 3)
  watched.changed.clear()
  writeFileSync(join(root, 'b.mp3'), 'b')
  await until(() => expect(watched.changed).toContain(root))
}, 60_000)

test('a folder that is no longer wanted is not reported', async () => {
  const roots = [scratchFolder(), scratchFolder()] as const
  const watched = watchFolders(roots)
  await until(() => expect(watched.checks.length).toBeGreaterThan(0))
  watched.watcher.watch([roots[1]])
  await until(() => expect(watched.processes).toHaveLength(2))
  const before = watched.checks.length
  await until(() => expect(watched.checks.length).toBeGreaterThan(before))
  writeFileSync(join(roots[0], 'a.mp3'), 'a')
  writeFileSync(join(roots[1], 'a.mp3'), 'a')
  await until(() => expect(watched.changed).toContain(roots[1]))
  expect(watched.changed).not.toContain(roots[0])
})

test('a watched folder that is removed does no harm', async () => {
  const root = join(scratchFolder(), 'music')
  mkdirSync(join(root, 'album'), { recursive: true })
  const watched = watchFolders([root])
  await untilWatching(watched)
  rmSync(root, { recursive: true })
  await untilWatching(watched, 2)
  expect(watched.failures).toEqual([])
})
