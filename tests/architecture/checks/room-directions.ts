import { importsOf, resolveImport, type SourceFile } from '../source-files.ts'

/** For each room, the rooms that its files may import besides their own. The longest room that fits counts. */
const directions: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared/library', 'shared/player', 'shared/sound'],
  'shared/threading': [],
  'shared/library': [],
  'shared/sound': ['shared/library'],
  'shared/player': ['shared/library', 'shared/sound'],
  electron: ['shared', 'shared/library', 'shared/sound'],
  renderer: [
    'shared',
    'shared/sound',
    'renderer/host',
    'renderer/session',
    'renderer/shell',
    'renderer/store',
    'renderer/ui',
  ],
  'renderer/shell': [
    'shared',
    'shared/library',
    'shared/player',
    'shared/sound',
    'renderer/about',
    'renderer/context-menu',
    'renderer/host',
    'renderer/lab',
    'renderer/library',
    'renderer/player-bar',
    'renderer/playlists',
    'renderer/session',
    'renderer/settings',
    'renderer/store',
    'renderer/threads-view',
    'renderer/ui',
    'renderer/up-next',
  ],
  'renderer/about': view(),
  'renderer/context-menu': view(),
  'renderer/library': view(),
  'renderer/player-bar': view(),
  'renderer/playlists': view('renderer/library'),
  'renderer/settings': view('renderer/about'),
  'renderer/up-next': view(),
  'renderer/lab': view('renderer/threads-view'),
  'renderer/threads-view': view(),
  'renderer/session': [
    'shared',
    'shared/library',
    'shared/player',
    'shared/sound',
    'renderer/audio',
    'renderer/host',
    'renderer/store',
    'renderer/workers',
  ],
  'renderer/store': ['shared', 'shared/library', 'shared/player', 'shared/sound'],
  'renderer/audio': ['shared', 'shared/library', 'shared/player', 'shared/sound'],
  'renderer/workers': [
    'shared',
    'shared/library',
    'shared/player',
    'shared/sound',
    'renderer/decoder',
    'renderer/decoding',
  ],
  'renderer/decoder': ['shared/sound', 'renderer/decoding'],
  'renderer/decoding': ['shared/sound'],
  'renderer/host': ['shared', 'shared/library', 'shared/player', 'shared/sound'],
  'renderer/ui': ['shared', 'shared/library', 'shared/player', 'shared/sound', 'renderer/host'],
}

/** Within a room: these folders import no other folder of the room. */
const lowestFolders = ['renderer/threads-view/model', 'renderer/lab/model', 'electron/platform']

function view(...more: readonly string[]): readonly string[] {
  const below = ['renderer/host', 'renderer/session', 'renderer/store', 'renderer/ui']
  return ['shared', 'shared/library', 'shared/player', 'shared/sound', ...below, ...more]
}

const contains = (folder: string, path: string): boolean => path.startsWith(`${folder}/`)

/** Returns the longest room that holds the file. */
function roomOf(path: string): string | undefined {
  return Object.keys(directions)
    .filter((room) => contains(room, path))
    .sort((a, b) => b.length - a.length)[0]
}

/** Returns every import that points against the direction between rooms, as `file imports file`. */
export function importsAgainstDirection(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => isAgainstDirection(file.path, specifier))
      .map((specifier) => `${file.path} imports ${resolveImport(file.path, specifier) ?? specifier}`),
  )
}

/** The module `electron` exists only in Electron's processes; the rest of the host runs in plain Node. */
const mayImportElectron = (path: string): boolean =>
  /^electron\/((main|preload)\.ts$|(lifecycle|window)\/)/.test(path)

function isAgainstDirection(from: string, specifier: string): boolean {
  if (specifier === 'electron') return !mayImportElectron(from)
  const to = resolveImport(from, specifier)
  const room = roomOf(from)
  if (to === undefined || room === undefined) return false
  if (contains('shared/i18n', to)) return room === 'shared/threading'
  const lowest = lowestFolders.find((folder) => contains(folder, from))
  if (lowest && contains(room, to)) return !contains(lowest, to)
  const target = roomOf(to)
  return target !== room && !(target !== undefined && directions[room]?.includes(target))
}
