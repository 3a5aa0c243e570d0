import { me } from '../core/memory.ts'

/** The ident of main. Until a process is started, all code is main's. */
const mainIdent = 1

/**
 * Returns an object whose members each thread has for itself. They are empty when a thread starts, and a member that was
 * not set is undefined, whatever its name: the object has no prototype. It cannot be frozen or sealed, nor a member be
 * made permanent (TypeError). Python's local.
 */
export function local<Values extends object>(): Partial<Values> {
  const make = (): object => Object.create(null)
  let owner = mainIdent
  let values = make()
  // A worker runs one thread at a time: the values of the thread before are not needed any more.
  const own = () => {
    const ident = me || mainIdent
    if (owner !== ident) values = make()
    owner = ident
    return values
  }
  // A proxy may only show members as permanent that its target has too, and the target has none.
  return new Proxy(make(), {
    get: (_target, key, receiver) => Reflect.get(own(), key, receiver),
    set: (_target, key, value, receiver) => Reflect.set(own(), key, value, receiver),
    has: (_target, key) => Reflect.has(own(), key),
    deleteProperty: (_target, key) => Reflect.deleteProperty(own(), key),
    ownKeys: () => Reflect.ownKeys(own()),
    getOwnPropertyDescriptor: (_target, key) => Reflect.getOwnPropertyDescriptor(own(), key),
    defineProperty: (_target, key, descriptor) =>
      descriptor.configurable !== false &&
      Reflect.defineProperty(own(), key, { ...descriptor, configurable: true }),
    setPrototypeOf: (_target, prototype) => prototype === null,
    preventExtensions: () => false,
  })
}
