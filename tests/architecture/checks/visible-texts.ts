import {
  isDeclaration,
  isNode,
  isScript,
  lineOf,
  type SourceFile,
  type SyntaxNode,
  syntaxTree,
  walk,
} from '../source-files.ts'

/** Attributes and properties whose value a person reads or hears. */
const textNames = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'buttonLabel',
  'buttons',
  'defaultMessage',
  'description',
  'detail',
  'hint',
  'label',
  'message',
  'placeholder',
  'summary',
  'textValue',
  'title',
  'tooltip',
])

/** In the host these are in menus and dialogs. Elsewhere in it, `message` and `detail` are of errors and requests. */
const hostTextNames = new Set(['buttonLabel', 'buttons', 'label', 'title'])
const dialogTextNames = new Set(['detail', 'message'])

/** Names and symbols that are the same in every language. */
const names = /^(MIT|Python|Skein|TypeScript)$/

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text) && !names.test(text.trim())

/** Returns every text for a person that is not from the message catalogue, as `file:line: text`. */
export function textsOutsideCatalogue(files: readonly SourceFile[]): readonly string[] {
  return files.filter((file) => isScript(file) && !isDeclaration(file)).flatMap(textsOf)
}

function textsOf(file: SourceFile): readonly string[] {
  const found: string[] = []
  const inWindow = file.path.startsWith('renderer/')
  const isTextName = (name: unknown, parent?: SyntaxNode): boolean => {
    if (typeof name !== 'string') return false
    if (inWindow) return textNames.has(name)
    return hostTextNames.has(name) || (dialogTextNames.has(name) && isDialog(parent))
  }
  const report = (node: SyntaxNode, text: string): void => {
    found.push(`${file.path}:${lineOf(file, node.start)}: ${text.trim().replace(/\s+/g, ' ')}`)
  }
  walk(syntaxTree(file), (node, parents) => {
    if (node.type === 'JSXText' && hasWord(String(node.value))) report(node, String(node.value))
    if (node.type === 'JSXExpressionContainer' && parents.at(-1)?.type === 'JSXElement')
      for (const text of literalsIn(node.expression)) report(text.node, text.value)
    if (node.type === 'JSXAttribute' && isTextName(nameOf(node.name)))
      for (const text of literalsIn(node.value)) report(text.node, text.value)
    if (
      node.type === 'Property' &&
      isTextName(nameOf(node.key), parents.at(-1)) &&
      !isPattern(parents.at(-1))
    )
      for (const text of literalsIn(node.value)) report(text.node, text.value)
  })
  return found
}

const isPattern = (node: SyntaxNode | undefined): boolean => node?.type === 'ObjectPattern'

/** Whether an object is the options of a dialog: only these have buttons. */
const isDialog = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'ObjectExpression' &&
  (node.properties as readonly SyntaxNode[]).some((property) => nameOf(property.key) === 'buttons')

function nameOf(node: unknown): unknown {
  if (!isNode(node)) return undefined
  return node.name ?? node.value
}

interface Literal {
  readonly node: SyntaxNode
  readonly value: string
}

/** Returns the texts that an expression can evaluate to; the arguments of calls are no such texts. */
function literalsIn(value: unknown): readonly Literal[] {
  if (!isNode(value)) return []
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'string' && hasWord(value.value)
        ? [{ node: value, value: value.value }]
        : []
    case 'TemplateLiteral':
      return templateTexts(value)
    case 'ConditionalExpression':
      return [...literalsIn(value.consequent), ...literalsIn(value.alternate)]
    case 'LogicalExpression':
      return [...literalsIn(value.left), ...literalsIn(value.right)]
    case 'BinaryExpression':
      return value.operator === '+' ? [...literalsIn(value.left), ...literalsIn(value.right)] : []
    case 'ArrayExpression':
      return (value.elements as readonly unknown[]).flatMap(literalsIn)
    case 'ArrowFunctionExpression':
      return isNode(value.body) && value.body.type !== 'BlockStatement' ? literalsIn(value.body) : []
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return literalsIn(value.expression)
    default:
      return []
  }
}

function templateTexts(template: SyntaxNode): readonly Literal[] {
  const quasis = template.quasis as readonly { value: { cooked: string } }[]
  const text = quasis.map((quasi) => quasi.value.cooked).join('…')
  const inner = (template.expressions as readonly unknown[]).flatMap(literalsIn)
  return hasWord(text) ? [{ node: template, value: text }, ...inner] : inner
}
