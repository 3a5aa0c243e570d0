import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { parseSync } from 'vite'

/**
 * Reduces the declarations that the compiler wrote to what users of the package can name: without private and protected
 * members, what the source marks as `@internal`, and declarations that no entry refers to. `@internal` on a class or type
 * also removes the constructor parameters of that type, which only the library passes.
 */

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function publishTypes(folder: string, entries: readonly string[]): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  )
  for (const file of files)
    rewrite(join(folder, file), (code) => code.replace(/(from ['"]\..*)\.ts(['"])/g, '$1.js$2'))
  const textsOf = () => new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
  const internalTypes = internalNames(textsOf())
  for (const file of files) rewrite(join(folder, file), (code) => removeInternals(code, internalTypes))
  const texts = textsOf()
  const reachable = reachableNames(texts, entries)
  for (const file of files) {
    if (!entries.includes(file)) rewrite(join(folder, file), (code) => removeUnreachable(code, reachable))
    rewrite(join(folder, file), removeUnusedImports)
    if (!/\S/.test(readFileSync(join(folder, file), 'utf8').replace(/export \{\};?/, '')))
      rmSync(join(folder, file))
  }
}

function rewrite(path: string, change: (code: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

export function statementsOf(code: string): Node[] {
  const { program } = parseSync('types.d.ts', code)
  return program.body as unknown as Node[]
}

/** Returns the declaration in a statement, with or without `export`. */
export const declarationOf = (statement: Node): Node =>
  (statement.declaration as Node | null | undefined) ?? statement

function applyEdits(code: string, edits: readonly Edit[]): string {
  let text = code
  for (const { start, end, text: replacement } of edits.toSorted((left, right) => right.start - left.start))
    text = text.slice(0, start) + replacement + text.slice(end)
  return text
}

/** Returns the position of a node including the comment before it and the indentation of its first line. */
export function startWithComment(code: string, node: Node): number {
  const before = code.slice(0, node.start)
  const comment = /[ \t]*(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?$/.exec(before)
  return comment?.index ?? node.start
}

const removal = (code: string, node: Node): Edit => ({
  start: startWithComment(code, node),
  end: node.end + (code[node.end] === '\n' ? 1 : 0),
  text: '',
})

/** Whether the docstring of a declaration or member marks it as internal. */
const isMarkedInternal = (code: string, node: Node): boolean =>
  /@internal\b/.test(code.slice(startWithComment(code, node), node.start))

/** Returns the names of all declarations that are marked as internal. */
function internalNames(texts: ReadonlyMap<string, string>): Set<string> {
  const marked = [...texts.values()].flatMap((code) =>
    statementsOf(code).filter((statement) => isMarkedInternal(code, statement)),
  )
  return new Set(marked.flatMap(namesOf))
}

function removeInternals(code: string, internalTypes: ReadonlySet<string>): string {
  const edits: Edit[] = []
  for (const statement of statementsOf(code)) {
    const declaration = declarationOf(statement)
    if (declaration.type !== 'ClassDeclaration') continue
    for (const member of (declaration.body as Node).body as unknown as Node[]) {
      if (isHidden(code, member)) edits.push(removal(code, member))
      else if (member.kind === 'constructor')
        edits.push(constructorEdit(code, member, declaration.abstract === true, internalTypes))
    }
  }
  return applyEdits(code, edits)
}

const isHidden = (code: string, member: Node): boolean =>
  member.accessibility === 'private' || member.accessibility === 'protected' || isMarkedInternal(code, member)

function constructorEdit(
  code: string,
  member: Node,
  isAbstract: boolean,
  internalTypes: ReadonlySet<string>,
): Edit {
  const { start, end } = member
  if (isAbstract) return { start, end, text: 'protected constructor();' }
  const parameters = (member.value as Node).params as unknown as Node[]
  const kept = parameters
    .map((parameter) => withoutInternalTypes(code, parameter, internalTypes))
    .filter((text) => text !== '')
  return { start, end, text: `constructor(${kept.join(', ')});` }
}

/** Returns the parameter's text without the internal types of its union; empty if it has no other type. */
function withoutInternalTypes(code: string, parameter: Node, internalTypes: ReadonlySet<string>): string {
  const annotation = (parameter.typeAnnotation as Node).typeAnnotation as Node
  const types = annotation.type === 'TSUnionType' ? (annotation.types as unknown as Node[]) : [annotation]
  const kept = types
    .map(({ start, end }) => code.slice(start, end))
    .filter((type) => !internalTypes.has(type))
  return kept.length === 0 ? '' : code.slice(parameter.start, annotation.start) + kept.join(' | ')
}

/** Returns the names that a statement declares. */
export function namesOf(statement: Node): string[] {
  const declaration = declarationOf(statement)
  if (declaration.type === 'VariableDeclaration')
    return (declaration.declarations as unknown as Node[]).map(({ id }) => (id as Node).name as string)
  const id = declaration.id as Node | null | undefined
  return id ? [id.name as string] : []
}

/** Returns the names of types and values that a node refers to. */
function referencesOf(node: Node): string[] {
  const nameOf = (part: unknown): string[] => {
    const { type, name } = part as Node
    return type === 'Identifier' ? [name as string] : []
  }
  const own = [
    node.typeName,
    node.exprName,
    node.superClass,
    node.type === 'ExportSpecifier' ? node.local : undefined,
  ]
    .concat(/Heritage|Implements/.test(node.type) ? [node.expression] : [])
    .filter((part) => part !== undefined && part !== null)
    .flatMap(nameOf)
  return [...own, ...childrenOf(node).flatMap(referencesOf)]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)

/** Returns all names that the entries refer to, directly or not. A name means every declaration of that name. */
function reachableNames(texts: ReadonlyMap<string, string>, entries: readonly string[]): Set<string> {
  const statements = [...texts].flatMap(([file, code]) =>
    statementsOf(code).map((statement) => ({
      isEntry: entries.includes(file),
      names: namesOf(statement),
      references: statement.type === 'ImportDeclaration' ? [] : referencesOf(statement),
    })),
  )
  const reachable = new Set<string>()
  for (const { isEntry, references } of statements)
    if (isEntry) for (const name of references) reachable.add(name)
  for (const file of wholeExports(texts, entries))
    for (const name of statementsOf(texts.get(file) ?? '').flatMap(namesOf)) reachable.add(name)
  for (let before = -1; before !== reachable.size; ) {
    before = reachable.size
    for (const { names, references } of statements)
      if (names.some((name) => reachable.has(name))) for (const name of references) reachable.add(name)
  }
  return reachable
}

/** Returns the files that an entry exports completely, by `export *`. */
function wholeExports(texts: ReadonlyMap<string, string>, entries: readonly string[]): string[] {
  return entries
    .flatMap((entry) => statementsOf(texts.get(entry) ?? ''))
    .filter(({ type }) => type === 'ExportAllDeclaration')
    .map(({ source }) => normalize(((source as Node).value as string).replace(/\.js$/, '.d.ts')))
}

function removeUnreachable(code: string, reachable: ReadonlySet<string>): string {
  const edits: Edit[] = []
  for (const statement of statementsOf(code)) {
    const names = namesOf(statement)
    if (names.length > 0 && !names.some((name) => reachable.has(name))) edits.push(removal(code, statement))
    if (statement.type === 'ExportNamedDeclaration' && names.length === 0 && !statement.source) {
      const specifiers = (statement.specifiers as unknown as Node[]).filter(({ local }) =>
        reachable.has((local as Node).name as string),
      )
      if (specifiers.length === 0) edits.push(removal(code, statement))
    }
  }
  const kept = applyEdits(code, edits)
  return /\bexport\b/.test(kept) ? kept : `${kept}export {};\n`
}

function removeUnusedImports(code: string): string {
  const statements = statementsOf(code)
  const imports = statements.filter(({ type }) => type === 'ImportDeclaration')
  const rest = applyEdits(
    code,
    imports.map((statement) => ({ ...statement, text: '' })),
  )
  const used = new Set(statementsOf(rest).flatMap(referencesOf))
  return applyEdits(
    code,
    imports.map((statement) => {
      const kept = (statement.specifiers as unknown as Node[]).filter(({ local }) =>
        used.has((local as Node).name as string),
      )
      if (kept.length === 0) return removal(code, statement)
      const source = statement.source as Node
      const names = kept.map(({ local }) => `type ${(local as Node).name}`)
      const isType = `import { ${names.join(', ')} } from ${code.slice(source.start, source.end)};`
      return {
        start: statement.start,
        end: statement.end,
        text: isClassUsed(rest) ? isType.replaceAll('type ', '') : isType,
      }
    }),
  )
}

/** A class that is extended must be imported with its value. */
const isClassUsed = (code: string): boolean => /\bextends\b/.test(code)
