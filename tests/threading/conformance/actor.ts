import * as threading from '@skein/threading'
import { defineTargets, Queue, Thread, ThreadKilled } from '@skein/threading'
import { threadView, until, untilAsync } from './observe.ts'

/** Anything that can travel to another thread. */
export interface Shared {
  readonly id: number
}

/** A call of a method, or a look at a property: what to use, its member, and arguments. */
export type Step = readonly [object: Shared, member: string, ...args: unknown[]]

type Method = (...args: never[]) => unknown
export type Member<Type> = keyof Type & string
export type Arguments<Type, Name extends keyof Type> = Type[Name] extends Method ? Parameters<Type[Name]> : []
export type Result<Type, Name extends keyof Type> = Type[Name] extends Method
  ? ReturnType<Type[Name]>
  : Type[Name]

/** A step whose types are checked. */
export function step<Type extends Shared, Name extends Member<Type>>(
  object: Type,
  member: Name,
  ...args: Arguments<Type, Name>
): Step {
  return [object, member, ...withoutEnd(args)]
}

/** A list cannot carry undefined to another thread. At its end it need not. */
function withoutEnd(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, args.findLastIndex((argument) => argument !== undefined) + 1)
}

interface Command {
  /** 0: the end. */
  readonly number: number
  readonly steps: readonly Step[]
}

interface Reply {
  readonly number: number
  readonly values: readonly { readonly value?: unknown }[]
  readonly error?: { readonly name: string; readonly message: string }
}

/** Another thread that does as it is told, step by step, so that a case can say in which order things happen. */
export class Actor {
  readonly thread: Thread
  readonly #commands = new Queue<Command>()
  readonly #replies = new Queue<Reply>()
  readonly #unread = new Map<number, Reply>()
  #calls = 0

  constructor(name: string) {
    const args: Parameters<typeof act> = [this.#commands, this.#replies]
    this.thread = new Thread({ target: act, args, name, daemon: true })
    this.thread.start()
  }

  /** Its number, as snapshots show it. */
  get ident(): number {
    return this.thread.ident ?? 0
  }

  /** Does one thing and gives what came of it, or throws it. */
  call<Type extends Shared, Name extends Member<Type>>(
    object: Type,
    member: Name,
    ...args: Arguments<Type, Name>
  ): Result<Type, Name> {
    return this.startCall(object, member, ...args).result()
  }

  /** As `does`, for main. */
  callAsync<Type extends Shared, Name extends Member<Type>>(
    object: Type,
    member: Name,
    ...args: Arguments<Type, Name>
  ): Promise<Result<Type, Name>> {
    return this.startCall(object, member, ...args).resultAsync()
  }

  /** Begins one thing. */
  startCall<Type extends Shared, Name extends Member<Type>>(
    object: Type,
    member: Name,
    ...args: Arguments<Type, Name>
  ): Call<Result<Type, Name>> {
    return this.run(step(object, member, ...args)) as Call<Result<Type, Name>>
  }

  /** Begins to do one thing after another. Its result is that of the last. */
  run(...steps: readonly Step[]): Call<unknown> {
    const number = ++this.#calls
    this.#commands.put({ number, steps })
    return new Call(this, steps.at(-1)?.[0], {
      reply: () => this.#reply(number),
      replyAsync: () => this.#replyAsync(number),
    })
  }

  /** It ends when it has done what it was told. */
  stop(): void {
    this.#commands.put({ number: 0, steps: [] })
  }

  #reply(number: number): Reply {
    for (;;) {
      const reply = this.#unread.get(number) ?? this.#replies.get()
      if (reply.number === number) return reply
      this.#unread.set(reply.number, reply)
    }
  }

  async #replyAsync(number: number): Promise<Reply> {
    for (;;) {
      const reply = this.#unread.get(number) ?? (await this.#replies.getAsync())
      if (reply.number === number) return reply
      this.#unread.set(reply.number, reply)
    }
  }
}

interface Replies {
  readonly reply: () => Reply
  readonly replyAsync: () => Promise<Reply>
}

/** What an actor has begun. */
export class Call<Value> {
  readonly #actor: Actor
  readonly #object: Shared | undefined
  readonly #replies: Replies

  constructor(actor: Actor, object: Shared | undefined, replies: Replies) {
    this.#actor = actor
    this.#object = object
    this.#replies = replies
  }

  /** Goes on once the actor is seen to wait for the object (of its last step, where none is given). */
  untilWaiting(object = this.#object): this {
    until(() => this.#isWaitingFor(object))
    return this
  }

  /** As `waits`, for main. */
  async untilWaitingAsync(object = this.#object): Promise<this> {
    await untilAsync(() => this.#isWaitingFor(object))
    return this
  }

  result(): Value {
    return this.values().at(-1) as Value
  }

  async resultAsync(): Promise<Value> {
    return (await this.valuesAsync()).at(-1) as Value
  }

  /** What came of each step. */
  values(): unknown[] {
    return valuesOf(this.#replies.reply())
  }

  async valuesAsync(): Promise<unknown[]> {
    return valuesOf(await this.#replies.replyAsync())
  }

  #isWaitingFor(object: Shared | undefined): boolean {
    return threadView(this.#actor.ident)?.waiting?.object === object?.id
  }
}

function valuesOf({ values, error }: Reply): unknown[] {
  if (error !== undefined) throw errorLike(error.name, error.message)
  return values.map(({ value }) => value)
}

/** The error as it was thrown on the other thread. */
function errorLike(name: string, message: string): Error {
  const ours = Object.entries(threading).find(([key]) => key === name)?.[1]
  const ErrorClass = (ours ?? Reflect.get(globalThis, name) ?? Error) as new (message: string) => Error
  return new ErrorClass(message)
}

/** What an actor's thread runs. */
export function act(commands: Queue<Command>, replies: Queue<Reply>): void {
  for (let { number, steps } = commands.get(); number > 0; { number, steps } = commands.get()) {
    replies.put({ number, ...perform(steps) })
  }
}

function perform(steps: readonly Step[]): Omit<Reply, 'number'> {
  const values: { value?: unknown }[] = []
  try {
    for (const step of steps) values.push({ value: performHere(step) })
  } catch (error) {
    if (error instanceof ThreadKilled) throw error
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { values, error: { name, message } }
  }
  return { values }
}

/** Does one step on this thread. */
export function performHere([object, name, ...args]: Step): unknown {
  const member: unknown = Reflect.get(object, name)
  return typeof member === 'function' ? member.apply(object, args) : member
}

/** Does the steps on main: by their async twin where they have one. */
export async function performOnMain(steps: readonly Step[]): Promise<unknown> {
  let value: unknown
  for (const [object, member, ...args] of steps) {
    const twin = `${member}Async` in object ? `${member}Async` : member
    value = await performHere([object, twin, ...args])
  }
  return value
}

defineTargets({ act })
