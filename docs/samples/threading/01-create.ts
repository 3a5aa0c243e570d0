import { currentThread, defineTargets, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function greet(greeting: string, { name }: { name: string }): void {
  print(`${greeting}, ${name}! This is ${currentThread().name}.`)
}
defineTargets({ greet })

function main(): void {
  const thread = new Thread({ target: greet, args: ['Hello'], kwargs: { name: 'Ada' }, name: 'greeter' })
  thread.start()
  thread.join()
  print(`${thread.name} is ${thread.isAlive() ? 'alive' : 'over'}, and ${currentThread().name} goes on`)
}

run(import.meta.url, main)
