import { isNode, isScript, type SourceFile, type SyntaxNode, syntaxTree, walk } from '../source-files.ts'

/** Parameters of messages whose value comes from a file, a tag or the user. */
const quotedParameters = new Set(
  'album artist copy error file folder format genre library name path paths playlist query title version'.split(
    ' ',
  ),
)

/** Names in these folders are those of threads, locks and queues. */
const programNames = /^(renderer\/threads-view|renderer\/lab|shared\/threading)\//

/** Returns what sentences quote without `isolate()`, as `file: key parameter`. */
export function unisolatedNames(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => isScript(file) && !programNames.test(file.path) && /\bm\.\w/.test(file.text))
    .flatMap(namesOf)
}

function namesOf(file: SourceFile): readonly string[] {
  const found: string[] = []
  const tree = syntaxTree(file)
  const isolated = isolatedVariables(tree)
  walk(tree, (node) => {
    const key = messageKey(node)
    const [values] = key === undefined ? [] : (node.arguments as readonly unknown[])
    if (!isNode(values) || values.type !== 'ObjectExpression') return
    for (const property of values.properties as readonly SyntaxNode[]) {
      const name = identifierName(property.key)
      if (name !== undefined && quotedParameters.has(name) && !isIsolated(property.value, isolated))
        found.push(`${file.path}: ${key} ${name}`)
    }
  })
  return found
}

/** Returns the key of a call of a message; undefined for any other node. */
function messageKey(node: SyntaxNode): string | undefined {
  if (node.type !== 'CallExpression' || !isNode(node.callee) || node.callee.type !== 'MemberExpression')
    return undefined
  return identifierName(node.callee.object) === 'm' ? identifierName(node.callee.property) : undefined
}

const identifierName = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined

/** Returns the names of constants that are isolated where they are declared, and are declared in no other way. */
function isolatedVariables(tree: SyntaxNode): ReadonlySet<string> {
  const isolated = new Set<string>()
  const others = new Set<string>()
  walk(tree, (node) => {
    if (node.type !== 'VariableDeclarator') return
    const name = identifierName(node.id)
    if (name !== undefined) (isIsolated(node.init, isolated) ? isolated : others).add(name)
  })
  return new Set([...isolated].filter((name) => !others.has(name)))
}

/** Returns whether every value of an expression is isolated, a message, or written in the source. */
function isIsolated(value: unknown, variables: ReadonlySet<string>): boolean {
  if (!isNode(value)) return false
  switch (value.type) {
    case 'Literal':
      return true
    case 'Identifier':
      return variables.has(String(value.name))
    case 'CallExpression':
      return (
        /^(isolate|joinIsolated)$/.test(identifierName(value.callee) ?? '') || messageKey(value) !== undefined
      )
    case 'ConditionalExpression':
      return isIsolated(value.consequent, variables) && isIsolated(value.alternate, variables)
    case 'LogicalExpression':
      return isIsolated(value.left, variables) && isIsolated(value.right, variables)
    default:
      return false
  }
}
