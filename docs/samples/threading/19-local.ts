import { defineTargets, local, Thread } from '@skein/threading'
import { print, run } from './run.ts'

const mine = local<{ song: string }>()

function listen(song: string): void {
  print(`at first: ${mine.song ?? 'nothing'}`)
  mine.song = song
  print(`then: ${mine.song}`)
}
defineTargets({ listen })

function main(): void {
  mine.song = 'Blue Train'
  const thread = new Thread({ target: listen, args: ['So What'] })
  thread.start()
  thread.join()
  print(`main still has: ${mine.song}`)
}

run(import.meta.url, main)
