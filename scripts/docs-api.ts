import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declarationOf, type Node, namesOf, startWithComment, statementsOf } from './public-types.ts'
import { buildThreading } from './threading-package.ts'

/** `npm run docs:api`: writes docs/api/threading.md from the docstrings of the package's public declarations. */

const target = fileURLToPath(new URL('../docs/api/threading.md', import.meta.url))

const entries = [
  ['index', '@skein/threading'],
  ['node', '@skein/threading/node'],
  ['web', '@skein/threading/web'],
  ['inspect', '@skein/threading/inspect'],
  ['worklet', '@skein/threading/worklet'],
] as const

interface Declaration {
  readonly code: string
  readonly statement: Node
}

/** Returns the reference as Markdown. */
export function renderReference(): string {
  const dist = mkdtempSync(join(tmpdir(), 'threading-api-'))
  try {
    buildThreading(dist)
    const chapters = entries.map(([entry, title]) => renderEntry(join(dist, `${entry}.d.ts`), title))
    return `# API of @skein/threading\n\nGenerated from the docstrings by \`npm run docs:api\`.\n\n${chapters.join('\n')}`
  } finally {
    rmSync(dist, { recursive: true })
  }
}

function renderEntry(file: string, title: string): string {
  const declarations = [...exportsOf(file)].toSorted(([left], [right]) => (left < right ? -1 : 1))
  return `## ${title}\n\n${declarations.map(([name, declaration]) => renderDeclaration(name, declaration)).join('\n')}`
}

/** Returns the exports of a module by their public names, including those of modules that it exports from. */
function exportsOf(file: string): Map<string, Declaration> {
  const code = readFileSync(file, 'utf8')
  const found = new Map<string, Declaration>()
  for (const statement of statementsOf(code)) {
    const source = statement.source as Node | null | undefined
    if (statement.type === 'ImportDeclaration') continue
    if (!source) {
      if (statement.declaration) for (const name of namesOf(statement)) found.set(name, { code, statement })
      continue
    }
    const others = exportsOf(resolve(dirname(file), String(source.value).replace(/\.js$/, '.d.ts')))
    for (const [name, declaration] of others) {
      for (const publicName of publicNames(statement, name)) found.set(publicName, declaration)
    }
  }
  return found
}

function publicNames(statement: Node, name: string): string[] {
  if (statement.type === 'ExportAllDeclaration') return [name]
  return (statement.specifiers as unknown as Node[])
    .filter(({ local }) => (local as Node).name === name)
    .map(({ exported }) => (exported as Node).name as string)
}

function renderDeclaration(name: string, { code, statement }: Declaration): string {
  const declaration = declarationOf(statement)
  const members = declaration.type === 'ClassDeclaration' ? renderMembers(code, declaration) : ''
  const text =
    declaration.type === 'ClassDeclaration' ? classHead(code, declaration) : signature(code, declaration)
  return `### ${name}\n\n${comment(code, statement)}\`\`\`ts\n${text}\n\`\`\`\n${members}`
}

const signature = (code: string, node: Node): string =>
  code
    .slice(node.start, node.end)
    .replace(/^(?:export )?declare /, '')
    .replace(/;$/, '')

const classHead = (code: string, node: Node): string =>
  signature(code, { ...node, end: (node.body as Node).start }).trim()

function renderMembers(code: string, declaration: Node): string {
  const members = ((declaration.body as Node).body as unknown as Node[]).filter(
    (member) => (member.key as Node).type !== 'PrivateIdentifier' && member.accessibility !== 'protected',
  )
  return members
    .map((member) => `\n- \`${signature(code, member)}\`${memberComment(code, member)}\n`)
    .join('')
}

function memberComment(code: string, member: Node): string {
  const text = comment(code, member).trim()
  return text === '' ? '' : `\n  ${text.replaceAll('\n', '\n  ')}`
}

/** Returns the text of the comment before a node, followed by an empty line; empty if there is no comment. */
function comment(code: string, node: Node): string {
  const text = code
    .slice(startWithComment(code, node), node.start)
    .replace(/^\s*\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
  return text === '' ? '' : `${text}\n\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, renderReference())
}
