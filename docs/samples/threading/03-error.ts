import { defineTargets, setExcepthook, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function divide(share: number, parts: number): void {
  if (parts === 0) throw new RangeError(`${share} cannot be divided by 0`)
  print(`${share / parts} each`)
}
defineTargets({ divide })

setExcepthook((error, thread) => {
  print(`${thread.name} ended by an error: ${error instanceof Error ? error.message : error}`)
})

function main(): void {
  for (const parts of [0, 2]) {
    const thread = new Thread({ target: divide, args: [12, parts], name: `divide by ${parts}` })
    thread.start()
    thread.join()
  }
  print('main goes on')
}

run(import.meta.url, main)
