import { parseAst } from 'vite'

/** A node of the syntax tree (ESTree), as far as the transform looks at it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export const parse = (code: string): Node => parseAst(code) as unknown as Node

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenKnown = new WeakMap<Node, readonly Node[]>()

/** The nodes directly below, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  const known = childrenKnown.get(node)
  if (known !== undefined) return known
  const children = Object.entries(node)
    // `{ name }` holds its name twice.
    .filter(([key]) => !(key === 'key' && node.shorthand === true))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((one, other) => one.start - other.start)
  childrenKnown.set(node, children)
  return children
}

export const isFunction = ({ type }: Node): boolean =>
  type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'

/** The last name of what is called or read: `m` of `a.b.m`, `#m` of `this.#m`; undefined for what has no name. */
export function lastName(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name as string
    case 'PrivateIdentifier':
      return `#${node.name as string}`
    case 'MemberExpression':
      return node.computed === true ? undefined : lastName(node.property as Node)
    default:
      return undefined
  }
}

/** The name under which a function is known to those who call it, by where it stands. */
export function nameByPlace(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'FunctionDeclaration') return lastName(node.id as Node)
  switch (parent?.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return parent.computed === true ? undefined : lastName(parent.key as Node)
    case 'VariableDeclarator':
      return lastName(parent.id as Node)
    case 'AssignmentExpression':
      return lastName(parent.left as Node)
    default:
      return undefined
  }
}

/** Local names of what a module imports from files that `isFrom` tells. */
export function importsFrom(program: Node, isFrom: (source: string) => boolean): Set<string> {
  const names = new Set<string>()
  for (const statement of program.body as Node[]) {
    if (statement.type !== 'ImportDeclaration' || !isFrom((statement.source as Node).value as string))
      continue
    for (const specifier of statement.specifiers as Node[]) names.add(lastName(specifier.local as Node) ?? '')
  }
  return names
}
