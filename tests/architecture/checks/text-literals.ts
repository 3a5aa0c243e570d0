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

/** Names of the threading library, of products and of keys: the same in every language. */
const names = new Set(
  (
    'Barrier BoundedSemaphore Cell Condition Event Lock Queue RLock Semaphore SharedMemory Thread ' +
    'New Runnable Blocked Waiting Terminated Arrow Enter Escape Skein Python'
  )
    .split(' ')
    .concat('Timed waiting'),
)

const phrase = /\p{L}\p{P}? \p{P}?\p{L}/u
const capitalisedWord = /^\p{Lu}\p{Ll}+\p{P}?$/u
const sentence = /^[\p{Lu}“].* .*[.!?]$/su

/** A statement of SQL. */
const sql = /^(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|PRAGMA|VACUUM)\s/

const unit = /(?<!\p{L})(µs|ms|s|min|h|kB|MB|px)(?!\p{L})/gu

/** SVG paths, CSS functions, media queries and selectors. */
const notation = /^M[\d.-]|^\w+\([^)]*\)|^\(prefers-|\[[\w-]+[=\]]/

/** The arguments of these calls are for developers or for the browser. */
const technicalCalls =
  /^(console|log)\b|^(writeLog|querySelector|querySelectorAll|closest|matches|setAttribute)$/

/**
 * Returns every string that reads like a text for a person and is not from the catalogue, as `file:line: text`. In the
 * window that is a phrase or a capitalised word; in the host, whose phrases are for the log, it is a sentence.
 */
export function textLiterals(files: readonly SourceFile[]): readonly string[] {
  return files.filter((file) => isScript(file) && !isDeclaration(file)).flatMap(literalsOf)
}

function literalsOf(file: SourceFile): readonly string[] {
  const found: string[] = []
  const inHost = file.path.startsWith('electron/')
  walk(syntaxTree(file), (node, parents) => {
    const parts = partsOf(node)
    if (parts === undefined || isForProgram(node, parents)) return
    const text = parts.join('…').trim()
    if (inHost ? !sentence.test(text) || sql.test(text) : !isForPerson(parts)) return
    found.push(`${file.path}:${lineOf(file, node.start)}: ${text.replace(/\s+/g, ' ')}`)
  })
  return found
}

/** Returns the fixed parts of a string or a template. */
function partsOf(node: SyntaxNode): readonly string[] | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value]
  if (node.type !== 'TemplateLiteral') return undefined
  return (node.quasis as readonly { value: { cooked: string } }[]).map(({ value }) => value.cooked)
}

function isForPerson(parts: readonly string[]): boolean {
  const text = parts.join('…')
  if (names.has(text) || notation.test(text)) return false
  if (phrase.test(text) || capitalisedWord.test(text)) return true
  return parts.some((part, index) => isBesideValue(part, index > 0, index < parts.length - 1))
}

/** Whether a part of a template has a word next to a value. A unit or the name of a product is no such word. */
function isBesideValue(part: string, isAfter: boolean, isBefore: boolean): boolean {
  const words = part.replace(unit, '').replace('Skein', '')
  return (isAfter && /^ \p{P}?\p{L}/u.test(words)) || (isBefore && /\p{L}\p{P}? $/u.test(words))
}

function isForProgram(node: SyntaxNode, parents: readonly SyntaxNode[]): boolean {
  const parent = parents.at(-1)
  if (parent === undefined) return false
  switch (parent.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExpressionStatement':
    case 'MemberExpression':
    case 'SwitchCase':
    case 'TSLiteralType':
      return true
    case 'BinaryExpression':
      return /^([!=]==?|in)$/.test(String(parent.operator)) || parents.some(isTechnical)
    case 'Property':
      return parent.key === node || isNameOfObject(parent, parents) || parents.some(isTechnical)
    default:
      return parents.some(isTechnical)
  }
}

/** Whether a property is the name of a thread, a lock or another object: `new Lock({ name: 'scan board' })`. */
const isNameOfObject = (property: SyntaxNode, parents: readonly SyntaxNode[]): boolean =>
  nameOf(property.key) === 'name' && parents.at(-3)?.type === 'NewExpression'

/** Whether everything below a node is for developers or for the browser. */
function isTechnical(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'NewExpression':
      return /(?<!User|TraceFile)Error$/.test(nameOf(node.callee))
    case 'CallExpression':
      return technicalCalls.test(nameOf(node.callee))
    case 'AssignmentExpression':
      return /\.(style|font)\b/.test(nameOf(node.left))
    case 'JSXAttribute':
      return /^(className|style|d|viewBox|data-.*)$/.test(nameOf(node.name))
    default:
      return false
  }
}

/** Returns `console.log` for that call, and `closest` for `element.closest`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type !== 'MemberExpression') return String(node.name ?? node.value ?? '')
  const object = nameOf(node.object)
  const property = nameOf(node.property)
  return technicalCalls.test(property) ? property : `${object}.${property}`
}
