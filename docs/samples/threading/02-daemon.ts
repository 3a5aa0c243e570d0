import { defineTargets, Event, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function save(mainIsOver: Event): void {
  mainIsOver.wait()
  print('saved')
}

function watch(never: Event): void {
  never.wait()
  print('this line is never printed')
}
defineTargets({ save, watch })

function main(): void {
  const mainIsOver = new Event()
  new Thread({ target: save, args: [mainIsOver] }).start()
  new Thread({ target: watch, args: [new Event()], daemon: true }).start()
  print('main is over')
  mainIsOver.set()
}

run(import.meta.url, main)
