/** The source files that the checks read, their imports and their syntax trees. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** A file by its path from the project's root, with slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A node of the syntax tree; `type` tells which other members it has. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [member: string]: unknown
}

export const root = fileURLToPath(new URL('../../', import.meta.url))

const isSource = (path: string): boolean =>
  /\.(tsx?|css|html)$/.test(path) && !/(^|\/)(node_modules|dist|i18n)\//.test(path)

/** Reads every source file in the given folders. Generated messages are not among them. */
export function readSourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name.replaceAll('\\', '/')))
      .filter(isSource)
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
}

export const isScript = (file: SourceFile): boolean => /\.tsx?$/.test(file.path)

export const isDeclaration = (file: SourceFile): boolean => file.path.endsWith('.d.ts')

const trees = new WeakMap<SourceFile, SyntaxNode>()

export function syntaxTree(file: SourceFile): SyntaxNode {
  const known = trees.get(file)
  if (known) return known
  const { program, errors } = parseSync(file.path, file.text)
  if (errors.length > 0) throw new Error(`${file.path} has a syntax error: ${errors[0]?.message}`)
  const tree = program as unknown as SyntaxNode
  trees.set(file, tree)
  return tree
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Visits a node and everything below it, parents first. `parents` holds the nearest parent last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  visit(node, parents)
  const path = [...parents, node]
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit, path)
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) walk(item, visit, path)
  }
}

/** Returns the modules that a file imports: static, dynamic, re-exported, types, and workers by URL. */
export function importsOf(file: SourceFile): readonly string[] {
  if (!isScript(file)) return []
  const found = new Set<string>()
  walk(syntaxTree(file), (node) => {
    if (isImport(node)) addText(node.source)
    if (node.type === 'NewExpression' && isNamed(node.callee, 'URL') && mentionsModule(node.arguments))
      addText((node.arguments as readonly unknown[])[0])
  })
  return [...found]

  function addText(node: unknown): void {
    if (isNode(node) && typeof node.value === 'string') found.add(node.value)
  }
}

const isImport = (node: SyntaxNode): boolean =>
  /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(node.type)

const isNamed = (node: unknown, name: string): boolean => isNode(node) && node.name === name

const mentionsModule = (nodes: unknown): boolean =>
  Array.isArray(nodes) && isNode(nodes[1]) && nodes[1].type === 'MemberExpression'

/** Returns the path of an imported file, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return normalize(join(dirname(from), specifier.replace(/\?.*$/, '')))
}

export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length
}
