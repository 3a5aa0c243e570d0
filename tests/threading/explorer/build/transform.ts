import { eachMethods, type Module, type Stepping, writesView } from './stepping.ts'
import { childrenOf, isFunction, lastName, type Node } from './syntax.ts'

/**
 * Turns synchronous code into generators that yield before each atomic step, so that a scheduler can suspend a
 * logical thread there and let another go on, all in one real thread. The code stays what it is otherwise:
 *
 *   load(i)                 (yield load(i))                   the scheduler does it, when it is this thread's turn
 *   words[i]                words[($i = i, $readSteps() && (yield $plainRead()), $i)]
 *   words[i] = x            words[($p = i)] = ($v = x, $writeSteps() && (yield $plainWrite($p, $v)), $v)
 *   words.set(x, i)         ($writeSteps() && (yield $plainWrite(-1, 0)), words.set(x, i))
 *   f(x)                    ($isSteps($ = f(x)) ? yield* $ : $)
 *   () => this.f()          (function* () { return ... }).bind(this)
 *   async, await            as the synchronous twin: a thread has one wait at a time
 *   get x() { ... }         as it is, and a twin *$get_x() that steps
 *
 * Where no generator can be (constructors, comparators, modules' top level) steps are taken in place: see `$atOnce`.
 */
export function transform(module: Module, stepping: Stepping): string {
  return new Transform(module, stepping).render(module.program, false, undefined)
}

const locals = 'let $, $i, $p, $v, $o;'

class Transform {
  readonly #module: Module
  readonly #stepping: Stepping

  constructor(module: Module, stepping: Stepping) {
    this.#module = module
    this.#stepping = stepping
  }

  /** `inSteps`: whether the text stands in a generator. */
  render(node: Node, inSteps: boolean, parent: Node | undefined): string {
    if (isFunction(node)) return this.#function(node, parent)
    switch (node.type) {
      case 'MethodDefinition':
        return this.#method(node)
      case 'ChainExpression':
        return this.#chain(node, inSteps)
      case 'CallExpression':
        return this.#call(node, inSteps)
      case 'AwaitExpression':
        return this.#await(node, inSteps)
      case 'AssignmentExpression':
        return this.#assignment(node, inSteps)
      case 'UpdateExpression':
        return this.#update(node, inSteps)
      case 'MemberExpression':
        return this.#member(node, inSteps)
      default:
        return this.#inside(node, inSteps)
    }
  }

  #text(start: number, end: number): string {
    return this.#module.code.slice(start, end)
  }

  /** The node's own text around its transformed children. */
  #inside(node: Node, inSteps: boolean, from = node.start): string {
    let rendered = ''
    let at = from
    for (const child of childrenOf(node)) {
      if (child.start < at) continue
      rendered += this.#text(at, child.start) + this.render(child, inSteps, node)
      at = child.end
    }
    return rendered + this.#text(at, node.end)
  }

  #function(node: Node, parent: Node | undefined): string {
    const steps = this.#stepping.functions.has(node)
    if (!steps) return this.#inside(node, false)
    if (parent?.type === 'MethodDefinition') return this.#parameters(node) + this.#body(node)
    const name = node.id ? ` ${lastName(node.id as Node)}` : ''
    const generator = `function*${name}${this.#parameters(node)}${this.#body(node)}`
    return node.type === 'ArrowFunctionExpression' ? `(${generator}).bind(this)` : generator
  }

  #parameters(node: Node): string {
    const parameters = (node.params as Node[]).map((parameter) => this.render(parameter, false, node))
    return `(${parameters.join(', ')}) `
  }

  #body(node: Node): string {
    const body = node.body as Node
    if (body.type !== 'BlockStatement') return `{ ${locals} return (${this.render(body, true, node)}) }`
    return `{ ${locals}${this.#inside(body, true, body.start + 1)}`
  }

  #method(node: Node): string {
    const value = node.value as Node
    const kind = node.kind as string
    const key = node.key as Node
    if (!this.#stepping.functions.has(value)) return this.#inside(node, false)
    const body = this.#function(value, node)
    if (kind === 'method') {
      const isStatic = node.static === true ? 'static ' : ''
      const name = this.#text(key.start, key.end)
      return `${isStatic}*${node.computed === true ? `[${name}]` : name}${body}`
    }
    const atOnce = this.#text(node.start, value.start) + this.#inside(value, false)
    return `${atOnce}\n*${twin(kind, lastName(key) ?? '')}${body}`
  }

  /** `f?.()` is called as a whole, or not at all. */
  #chain(node: Node, inSteps: boolean): string {
    const inner = node.expression as Node
    if (inner.type !== 'CallExpression') return this.#inside(node, inSteps)
    const call = this.#inside(inner, inSteps)
    return this.#isSteppingCall(inner) ? this.#follow(call, inSteps) : call
  }

  #call(node: Node, inSteps: boolean): string {
    const callee = node.callee as Node
    if (callee.type === 'Identifier' && this.#module.atomic.has(callee.name as string)) {
      return inSteps ? `(yield ${this.#inside(node, inSteps)})` : `$perform(${this.#inside(node, inSteps)})`
    }
    const each = this.#eachOf(node)
    if (each !== undefined && inSteps) {
      const list = this.render(callee.object as Node, inSteps, callee)
      return `(yield* $each(${list}, '${lastName(callee)}', ${this.render(each, inSteps, node)}))`
    }
    const call = this.#inside(node, inSteps)
    if (inSteps && writesView(callee, this.#module))
      return `($writeSteps() && (yield $plainWrite(-1, 0)), ${call})`
    return this.#isSteppingCall(node) ? this.#follow(call, inSteps) : call
  }

  /** The stepping function that a native method like `find` would call, which knows no steps. */
  #eachOf(node: Node): Node | undefined {
    const callee = node.callee as Node
    const [argument] = node.arguments as Node[]
    const isEach = callee.type === 'MemberExpression' && eachMethods.has(lastName(callee) ?? '')
    return isEach && argument !== undefined && this.#stepping.functions.has(argument) ? argument : undefined
  }

  #isSteppingCall(node: Node): boolean {
    return this.#stepping.calls.has(lastName(node.callee as Node) ?? '')
  }

  #follow(call: string, inSteps: boolean): string {
    return inSteps ? `($isSteps($ = ${call}) ? yield* $ : $)` : `$atOnce(${call})`
  }

  #await(node: Node, inSteps: boolean): string {
    if (!inSteps)
      throw new Error(`await outside of a function that steps: ${this.#text(node.start, node.end)}`)
    return `(yield* $awaited(${this.render(node.argument as Node, inSteps, node)}))`
  }

  #assignment(node: Node, inSteps: boolean): string {
    const left = node.left as Node
    const right = this.render(node.right as Node, inSteps, node)
    const name = left.type === 'MemberExpression' ? lastName(left) : undefined
    if (inSteps && name !== undefined && this.#stepping.setters.has(name)) {
      if (node.operator !== '=')
        throw new Error(`a stepping setter takes = only: ${this.#text(node.start, node.end)}`)
      const object = this.render(left.object as Node, inSteps, left)
      if (name.startsWith('#')) return `(yield* ${object}.${twin('set', name)}(${right}))`
      return `(yield* $set(${object}, '${name}', ${right}))`
    }
    // What is assigned to is no read: only what stands inside of it is.
    const target =
      left.type === 'MemberExpression' ? this.#inside(left, inSteps) : this.render(left, inSteps, node)
    const gap = this.#text(left.end, (node.right as Node).start)
    if (!inSteps && node.operator === '=' && this.#isView(left)) {
      const [view, index] = [lastName(left.object as Node), this.render(left.property as Node, false, left)]
      return `$writeInPlace(${view}, ${index}, ${right})`
    }
    if (!inSteps || !this.#isView(left)) return `${target}${gap}${right}`
    const index = this.render(left.property as Node, inSteps, left)
    const written = `($v = ${right}, $writeSteps() && (yield $plainWrite(${this.#wordOf(left)}, $v)), $v)`
    return `${lastName(left.object as Node)}[($p = ${index})]${gap}${written}`
  }

  /** `words[i]++` reads and writes in one step. */
  #update(node: Node, inSteps: boolean): string {
    const argument = node.argument as Node
    if (!inSteps || !this.#isView(argument)) return this.#inside(node, false)
    const index = this.render(argument.property as Node, inSteps, argument)
    const write = `$writeSteps() && (yield $plainWrite(${this.#wordOf(argument)}, 0))`
    const target = `${lastName(argument.object as Node)}[($p = ${index}, ${write}, $p)]`
    return node.prefix === true ? `${node.operator}${target}` : `${target}${node.operator}`
  }

  /** The word of the element whose index is in `$p`. */
  #wordOf(view: Node): string {
    return lastName(view.object as Node) === 'doubles' ? '$p * 2' : '$p'
  }

  #isView(node: Node): boolean {
    const isIndexed = node.type === 'MemberExpression' && node.computed === true
    return isIndexed && this.#module.views.has(lastName(node.object as Node) ?? '')
  }

  #member(node: Node, inSteps: boolean): string {
    if (!inSteps) return this.#inside(node, inSteps)
    if (this.#isView(node)) {
      const view = lastName(node.object as Node)
      const index = this.render(node.property as Node, inSteps, node)
      return `${view}[($i = ${index}, $readSteps() && (yield $plainRead()), $i)]`
    }
    const name = node.computed === true ? undefined : lastName(node)
    const isGetter = name !== undefined && this.#stepping.getters.has(name)
    if (!isGetter || (node.object as Node).type === 'Super') return this.#inside(node, inSteps)
    const object = this.render(node.object as Node, inSteps, node)
    if (name.startsWith('#')) return `(yield* ${object}.${twin('get', name)}())`
    return `(($o = ${object}).${twin('get', name)} === undefined ? $o.${name} : yield* $o.${twin('get', name)}())`
  }
}

/** The method that steps in the place of an accessor; private as it is. */
const twin = (kind: string, name: string): string => name.replace(/^#?/, (mark) => `${mark}$${kind}_`)
