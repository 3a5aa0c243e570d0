import { eachMethods, type Module, type Stepping, syncMethods } from './stepping.ts'
import { childrenOf, isFunction, lastName, type Node } from './syntax.ts'

/**
 * What the explorer does not understand in a module of the library: constructs that its transform would turn into code
 * that skips steps or takes them at once. See ../README.md.
 */
export function findUnsupported(module: Module, stepping: Stepping): string[] {
  const found: string[] = []
  const report = (node: Node, reason: string) => found.push(`line ${lineOf(module, node)}: ${reason}`)
  const visit = (node: Node, parent: Node | undefined) => {
    for (const reason of reasonsAgainst(node, parent, module, stepping)) report(node, reason)
    for (const child of childrenOf(node)) visit(child, node)
  }
  visit(module.program, undefined)
  return found
}

const lineOf = ({ code }: Module, { start }: Node): number => code.slice(0, start).split('\n').length

/** Methods of arrays and maps that call a function, apart from those for which the transform has a stepping twin. */
const callbackMethods = new Set([
  'every',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'reduceRight',
  'toSorted',
  'then',
])

/** What may use a view as a whole. These are no steps: the words must be guarded, or no other thread knows them yet. */
const viewFunctions = new Set(['copyWords'])
const viewMembers = new Set(['buffer', 'copyWithin', 'fill', 'length', 'set', 'slice'])

function* reasonsAgainst(
  node: Node,
  parent: Node | undefined,
  module: Module,
  stepping: Stepping,
): Generator<string> {
  if (node.type === 'YieldExpression' || (isFunction(node) && node.generator === true))
    yield 'a generator: the explorer makes its own'
  if (node.type === 'ForOfStatement' && node.await === true) yield 'for await: a wait that it cannot schedule'
  if (node.type === 'TaggedTemplateExpression') yield 'a tagged template: a call that it does not see'
  if (isAtomicAccess(node)) yield 'Atomics outside of core/atomic.ts: no step'
  if (node.type === 'CallExpression') yield* reasonsAgainstCall(node, stepping)
  if (isFunction(node)) yield* reasonsAgainstDefaults(node, module, stepping)
  if (isViewAsValue(node, parent, module)) yield `${node.name} as a value: accesses through it are no steps`
}

/** `Atomics.pause` touches no memory. */
const isAtomicAccess = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  lastName(node.object as Node) === 'Atomics' &&
  lastName(node) !== 'pause'

function* reasonsAgainstCall(node: Node, stepping: Stepping): Generator<string> {
  const callee = node.callee as Node
  const method = callee.type === 'MemberExpression' ? lastName(callee) : undefined
  if (method === undefined || eachMethods.has(method) || syncMethods.has(method)) return
  const steps = (node.arguments as Node[]).some((argument) => stepping.functions.has(argument))
  if (steps && callbackMethods.has(method))
    yield `${method} with a function that steps: use a loop, or one of ${[...eachMethods].join(', ')}`
}

/** Default values of parameters are evaluated before the generator begins: their steps would be taken at once. */
function* reasonsAgainstDefaults(node: Node, module: Module, stepping: Stepping): Generator<string> {
  for (const parameter of node.params as Node[]) {
    if (parameter.type !== 'AssignmentPattern') continue
    if (containsStep(parameter.right as Node, module, stepping)) yield 'a default value that steps'
  }
}

function containsStep(node: Node, module: Module, stepping: Stepping): boolean {
  const name = node.type === 'CallExpression' ? (lastName(node.callee as Node) ?? '') : ''
  if (module.atomic.has(name) || stepping.calls.has(name)) return true
  return childrenOf(node).some((child) => !isFunction(child) && containsStep(child, module, stepping))
}

/** `words` and `doubles` may only be indexed, or used by what `viewMembers` and `viewFunctions` name. */
function isViewAsValue(node: Node, parent: Node | undefined, module: Module): boolean {
  if (node.type !== 'Identifier' || !module.views.has(node.name as string)) return false
  if (parent === undefined || parent.type === 'ImportSpecifier') return false
  if (parent.type === 'CallExpression' && viewFunctions.has(lastName(parent.callee as Node) ?? ''))
    return false
  // A member or a key of that name is something else.
  if (parent.type !== 'MemberExpression') return parent.type !== 'Property' || parent.value === node
  if (parent.object !== node) return false
  return parent.computed !== true && !viewMembers.has(lastName(parent) ?? '')
}
