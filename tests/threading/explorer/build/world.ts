import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformWithOxc } from 'vite'
import { findStepping, type Module, readModule, type Stepping } from './stepping.ts'
import { parse } from './syntax.ts'
import { transform } from './transform.ts'

export type World = typeof import('../scenarios/index.ts')

const project = fileURLToPath(new URL('../../../../', import.meta.url))
/** Test runners load what lies here as it is. */
const cache = join(project, 'node_modules/.cache')
const library = 'shared/threading/src'
const explorer = 'tests/threading/explorer'

/** Without steps of their own: they touch no word that another thread writes, or are replaced. */
const untransformed = new Set(
  [
    'core/atomic',
    'core/clock',
    'core/errors',
    'core/layout',
    'threads/thread-local',
    'core/memory',
    'core/thread-state',
    'core/timeout',
    'core/trace-ring',
    'core/object-fields',
    'core/vocabulary',
    'core/instrumentation',
  ].map((name) => `${library}/${name}.ts`),
)
/** For real platforms only. */
const leftOut = new Set(['node', 'web', 'inspect', 'worklet'].map((name) => `${library}/${name}.ts`))

/** What is replaced in the sources, by the file. */
export type Patches = Readonly<Record<string, readonly (readonly [RegExp, string])[]>>

/** Smaller tables, so that making memory as new is quick; and no patience, so that its end is explored too. */
const settings: Patches = {
  [`${library}/core/layout.ts`]: [
    [/maxThreads: 64/, 'maxThreads: 8'],
    [/maxObjects: 4096/, 'maxObjects: 16'],
    [/maxWaits: 960/, 'maxWaits: 8'],
    [/traceEvents: 1024/, 'traceEvents: 2'],
  ],
  // Logical threads share one module, and so one memory from the start.
  [`${library}/core/memory.ts`]: [
    [
      /if \(hasMemory\(\)\)\s+throw new RuntimeError\('a worker made/,
      "if (false) throw new RuntimeError('a worker made",
    ],
  ],
  [`${library}/core/waits/waiting.ts`]: [[/tries: .*\}/, 'tries: 1 }']],
  [`${library}/core/guard.ts`]: [[/const spinsPerSleep = \d+/, 'const spinsPerSleep = 1']],
  // A thread's own free blocks are no matter between threads.
  [`${library}/heap/heap.ts`]: [[/maxCachedUnits = \d+/, 'maxCachedUnits = 0']],
  [`${library}/primitives/queue-storage.ts`]: [[/initialCapacity = \d+/, 'initialCapacity = 2']],
}

/**
 * The library's real sources, the scenarios and the planted bugs as code that steps, written to a folder of
 * its own and loaded from there together with the engine. `patches` plants bugs: it names files within the library.
 */
export async function loadWorld(patches: Patches = {}): Promise<World> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'explorer-'))
  try {
    const files = [
      ...sourcesIn(library),
      ...sourcesIn(`${explorer}/scenarios`),
      ...sourcesIn(`${explorer}/planted`),
    ]
    const { modules, found } = await readModules(files, patches)
    for (const [file, module] of modules) write(folder, file, withHelpers(file, transform(module, found)))
    for (const file of [...untransformed, ...sourcesIn(`${explorer}/engine`)])
      write(folder, file, await plainSource(file, patches))
    const entry = pathToFileURL(join(folder, `${explorer}/scenarios/index.mjs`))
    return await import(/* @vite-ignore */ entry.href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The modules that step, and which of their functions do. */
async function readModules(
  files: readonly string[],
  patches: Patches = {},
): Promise<{ modules: ReadonlyMap<string, Module>; found: Stepping }> {
  const modules = new Map<string, Module>()
  for (const file of files.filter((candidate) => !untransformed.has(candidate))) {
    const code = await plainSource(file, patches)
    modules.set(file, readModule(code, parse(code)))
  }
  return { modules, found: findStepping([...modules.values()]) }
}

/** The modules of the library that are explored. */
export const readLibrary = () => readModules(sourcesIn(library))

function sourcesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
    .filter((file) => !leftOut.has(file))
}

/** The source without its types, and with the settings of the test build. */
async function plainSource(file: string, patches: Patches): Promise<string> {
  let source = readFileSync(join(project, file), 'utf8')
  for (const [pattern, setting] of [...(settings[file] ?? []), ...(patches[relative(library, file)] ?? [])]) {
    if (!pattern.test(source))
      throw new Error(`${file} has no ${pattern}: the explorer's settings are out of date`)
    source = source.replace(pattern, setting)
  }
  const { code } = await transformWithOxc(source, file, { target: 'esnext', sourcemap: false })
  return code
}

function withHelpers(file: string, code: string): string {
  const engine = relative(dirname(file), `${explorer}/engine`)
  const helpers = [
    '$perform',
    '$isSteps',
    '$atOnce',
    '$awaited',
    '$set',
    '$each',
    '$readSteps',
    '$writeSteps',
    '$writeInPlace',
  ]
  const imports = `import { ${helpers.join(', ')} } from '${engine}/stepping-runtime.ts'\nimport { plainRead as $plainRead, plainWrite as $plainWrite } from '${engine}/steps.ts'\n`
  return (
    imports +
    code
      .replaceAll(/"[^"]*\/atomic\.ts"/g, `"${engine}/steps.ts"`)
      .replaceAll(/"[^"]*\/clock\.ts"/g, `"${engine}/stepping-runtime.ts"`)
  )
}

/** Modules are loaded by Node alone: it takes JavaScript where the name says so. */
function write(folder: string, file: string, code: string): void {
  const become = '\nexport function $become(ident, slotNumber) { me = ident; mySlot = slotNumber }\n'
  const replaced =
    file === `${library}/core/thread-state.ts` || file === `${library}/core/trace-ring.ts`
      ? withoutClock(file, code)
      : code
  const whole = file === `${library}/core/memory.ts` ? replaced + become : replaced
  const path = join(folder, file.replace(/\.ts$/, '.mjs'))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, whole.replaceAll(/(from\s+["'])(\.[^"']+)\.ts(["'])/g, '$1$2.mjs$3'))
}

const withoutClock = (file: string, code: string) =>
  code.replaceAll(
    /"[^"]*\/clock\.ts"/g,
    `"${relative(dirname(file), `${explorer}/engine`)}/stepping-runtime.ts"`,
  )
