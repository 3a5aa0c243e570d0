/**
 * Compiles the message catalogues `messages/LOCALE.json` into `shared/i18n`, which the window, its workers and the host
 * import. Every file in `messages` is a locale, so adding a translation means adding a file. Needs no network. Does
 * nothing if the compiled messages are newer than their sources.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '@inlang/paraglide-js'

const root = fileURLToPath(new URL('..', import.meta.url))
const catalogues = join(root, 'messages')
const project = join(root, 'project.inlang')
const output = join(root, 'shared', 'i18n')
const compiled = join(output, 'messages.d.ts')

const modifiedAt = (path: string): number => statSync(path).mtimeMs
const sources = [
  fileURLToPath(import.meta.url),
  join(root, 'package-lock.json'),
  catalogues,
  ...readdirSync(catalogues).map((name) => join(catalogues, name)),
]
if (existsSync(compiled) && sources.every((path) => modifiedAt(path) <= modifiedAt(compiled))) process.exit(0)

const locales = readdirSync(catalogues)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
mkdirSync(project, { recursive: true })
writeFileSync(
  join(project, 'settings.json'),
  JSON.stringify({
    baseLocale: 'en',
    locales,
    modules: ['./node_modules/@inlang/plugin-message-format/dist/index.js'],
    'plugin.inlang.messageFormat': { pathPattern: './messages/{locale}.json' },
  }),
)

// The compiler resolves `modules` and `pathPattern` from the working directory.
process.chdir(root)
await compile({
  project,
  outdir: output,
  // One module per message, so that a script carries only the messages it uses.
  outputStructure: 'message-modules',
  emitTsDeclarations: true,
  emitReadme: false,
  emitPrettierIgnore: false,
  emitGitIgnore: false,
  strategy: ['globalVariable', 'baseLocale'],
})

// The compiler reports success even if it finds no catalogue.
const count = readFileSync(join(output, 'messages', '_index.js'), 'utf8').match(/^export /gm)?.length ?? 0
if (count === 0) {
  console.error('No message was compiled: is there a messages/en.json?')
  process.exit(1)
}
cacheFormatters(join(output, 'registry.js'))
// The compiler leaves a database open that keeps this process alive.
process.exit(0)

/**
 * Lets the compiled messages make each formatter of a locale once. Making one takes 20 µs, which is too long for texts
 * that change with every picture.
 */
function cacheFormatters(path: string): void {
  let source = readFileSync(path, 'utf8')
  for (const name of ['PluralRules', 'NumberFormat']) {
    const call = `new Intl.${name}(locale, options)`
    if (!source.includes(call)) throw new Error(`${path} has no ${call}`)
    source = source.replace(call, `cached('${name}', locale, options)`)
  }
  writeFileSync(
    path,
    `${source}
const formatters = new Map()

function cached(name, locale, options) {
  const key = name + locale + JSON.stringify(options)
  const formatter = formatters.get(key) ?? new Intl[name](locale, options)
  formatters.set(key, formatter)
  return formatter
}
`,
  )
}
