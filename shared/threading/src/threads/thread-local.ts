import { me } from '../core/memory.ts'

/** Returns an object whose members each thread has for itself. They are empty when a thread starts. Python's local. */
export function local<Values extends object>(): Partial<Values> {
  let owner = 0
  let values: Record<PropertyKey, unknown> = {}
  const own = () => {
    if (owner !== me) values = {}
    owner = me
    return values
  }
  return new Proxy({} as Partial<Values>, {
    get: (_target, key) => own()[key],
    set: (_target, key, value) => {
      own()[key] = value
      return true
    },
    has: (_target, key) => key in own(),
    deleteProperty: (_target, key) => delete own()[key],
    ownKeys: () => Reflect.ownKeys(own()),
    getOwnPropertyDescriptor: (_target, key) => Reflect.getOwnPropertyDescriptor(own(), key),
  })
}
