import { BoundedSemaphore, Semaphore, ValueError } from '@skein/threading'
import { print, run } from './run.ts'

function main(): void {
  for (const semaphore of [
    new Semaphore({ value: 1, name: 'Semaphore' }),
    new BoundedSemaphore({ value: 1, name: 'BoundedSemaphore' }),
  ]) {
    try {
      semaphore.release()
      print(`${semaphore.name}: one permit too many, and nobody noticed`)
    } catch (error) {
      if (error instanceof ValueError) print(`${semaphore.name}: ValueError`)
    }
  }
}

run(import.meta.url, main)
