import { childrenOf, importsFrom, isFunction, lastName, type Node, nameByPlace } from './syntax.ts'

/** A module of the code under exploration, and what it imports that makes steps. */
export interface Module {
  readonly code: string
  readonly program: Node
  /** Local names of the functions of `atomic.ts` and of `steps.ts`: each call is a step. */
  readonly atomic: ReadonlySet<string>
  /** Local names of the views on memory: each access may be a step. */
  readonly views: ReadonlySet<string>
}

/** Which functions, by their names, can make a step, themselves or in what they call. */
export interface Stepping {
  readonly calls: ReadonlySet<string>
  readonly getters: ReadonlySet<string>
  readonly setters: ReadonlySet<string>
  readonly functions: ReadonlySet<Node>
}

interface FunctionFacts {
  readonly node: Node
  readonly name: string | undefined
  readonly kind: 'call' | 'get' | 'set' | 'constructor'
  readonly stepsItself: boolean
  readonly calls: readonly string[]
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

/** Called by the language itself, which knows no steps. */
const calledByLanguage = new Set(['revive', 'toJSON'])
export const eachMethods = new Set(['filter', 'find', 'forEach', 'map', 'some'])
export const syncMethods = new Set(['sort', 'reduce', 'from'])

export function readModule(code: string, program: Node): Module {
  return {
    code,
    program,
    atomic: importsFrom(program, (source) => /\/(atomic|steps)\.ts$/.test(source)),
    views: new Set(
      [...importsFrom(program, (source) => /\/memory\.ts$/.test(source))].filter(
        (name) => name === 'words' || name === 'doubles' || name === 'floats',
      ),
    ),
  }
}

/** By names, to a fixed point. Names that mean several functions cost a check when they are called, no more. */
export function findStepping(modules: readonly Module[]): Stepping {
  const facts = modules.flatMap(factsOf)
  const calls = new Set(modules.flatMap(({ program }) => calledParameters(program)))
  const getters = new Set<string>()
  const setters = new Set<string>()
  const functions = new Set<Node>()
  for (let before = -1; before !== functions.size + calls.size; ) {
    before = functions.size + calls.size
    for (const fact of facts) {
      const steps =
        fact.stepsItself ||
        fact.calls.some((name) => calls.has(name)) ||
        fact.reads.some((name) => getters.has(name)) ||
        fact.writes.some((name) => setters.has(name))
      if (!steps || fact.kind === 'constructor') continue
      functions.add(fact.node)
      if (fact.name === undefined) continue
      const names = fact.kind === 'get' ? getters : fact.kind === 'set' ? setters : calls
      names.add(fact.name)
      // A member of options may be kept in a private field of its name.
      if (fact.kind === 'call') calls.add(`#${fact.name}`)
    }
  }
  // A kind that overrides a getter that steps has the stepping twin too, whatever it does itself.
  for (const fact of facts) {
    if (fact.kind === 'get' && getters.has(fact.name ?? '')) functions.add(fact.node)
    if (fact.kind === 'set' && setters.has(fact.name ?? '')) functions.add(fact.node)
  }
  return { calls, getters, setters, functions }
}

function factsOf(module: Module): FunctionFacts[] {
  const facts: FunctionFacts[] = []
  const visit = (node: Node, parent: Node | undefined) => {
    if (isFunction(node) && isFree(node, parent)) facts.push(factOf(module, node, parent))
    for (const child of childrenOf(node)) visit(child, node)
  }
  visit(module.program, undefined)
  return facts
}

/** Not one that the language calls: those stay as they are. */
function isFree(node: Node, parent: Node | undefined): boolean {
  if (calledByLanguage.has(nameByPlace(node, parent) ?? '')) return false
  const isArgument = parent?.type === 'CallExpression' && (parent.arguments as Node[]).includes(node)
  return !isArgument || !syncMethods.has(lastName(parent.callee as Node) ?? '')
}

function factOf(module: Module, node: Node, parent: Node | undefined): FunctionFacts {
  const kind = parent?.type === 'MethodDefinition' ? (parent.kind as string) : 'method'
  const fact = {
    node,
    name: nameByPlace(node, parent),
    kind: kind === 'method' ? ('call' as const) : (kind as 'get' | 'set' | 'constructor'),
    stepsItself: node.async === true,
    calls: [] as string[],
    reads: [] as string[],
    writes: [] as string[],
  }
  const visit = (inner: Node) => {
    const name = lastName((inner.callee ?? inner.object ?? inner) as Node) ?? ''
    if (inner.type === 'CallExpression') {
      fact.calls.push(name)
      fact.stepsItself ||= module.atomic.has(name) && (inner.callee as Node).type === 'Identifier'
      fact.stepsItself ||= writesView(inner.callee as Node, module)
    }
    if (inner.type === 'MemberExpression') {
      fact.stepsItself ||= inner.computed === true && module.views.has(name)
      fact.reads.push(lastName(inner) ?? '')
    }
    if (inner.type === 'AssignmentExpression') fact.writes.push(lastName(inner.left as Node) ?? '')
    const isEach = inner.type === 'CallExpression' && eachMethods.has(name)
    for (const child of childrenOf(inner)) if (isEach || !isFunction(child)) visit(child)
  }
  visit(node.body as Node)
  return fact
}

const writingMethods = new Set(['copyWithin', 'fill', 'set'])

/** Whether this is a method of a view that writes several words. */
export function writesView(callee: Node, module: Module): boolean {
  if (callee.type !== 'MemberExpression' || !writingMethods.has(lastName(callee) ?? '')) return false
  return module.views.has(lastName(callee.object as Node) ?? '')
}

/** Names of parameters that are called: any function may be behind them. */
function calledParameters(program: Node): string[] {
  const found: string[] = []
  const visit = (node: Node, parameters: ReadonlySet<string>) => {
    let known = parameters
    if (isFunction(node)) {
      const own = (node.params as Node[]).map((parameter) =>
        lastName((parameter.type === 'AssignmentPattern' ? parameter.left : parameter) as Node),
      )
      known = new Set([...parameters, ...own.filter((name) => name !== undefined)])
    }
    const callee = node.type === 'CallExpression' ? (node.callee as Node) : undefined
    if (callee?.type === 'Identifier' && known.has(callee.name as string)) found.push(callee.name as string)
    for (const child of childrenOf(node)) visit(child, known)
  }
  visit(program, new Set())
  return found
}
