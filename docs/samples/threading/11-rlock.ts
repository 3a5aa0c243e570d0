import { Lock, RLock } from '@skein/threading'
import { print, run } from './run.ts'

function main(): void {
  for (const lock of [new Lock({ name: 'Lock' }), new RLock({ name: 'RLock' })]) {
    lock.acquire()
    const again = lock.acquire(false)
    print(`${lock.name}, a second time by its owner: ${again ? 'taken' : 'not taken'}`)
    if (again) lock.release()
    lock.release()
    print(`${lock.name} is ${lock.acquire(false) ? 'free' : 'held'} again`)
  }
}

run(import.meta.url, main)
