import { defineTargets, Event, Queue, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function runner(start: Event, finished: Queue<string>): void {
  start.wait()
  finished.put('finished')
}
defineTargets({ runner })

function main(): void {
  const [start, finished] = [new Event({ name: 'start' }), new Queue<string>()]
  for (let lane = 1; lane <= 3; lane++) new Thread({ target: runner, args: [start, finished] }).start()
  print(`waited for 20 milliseconds: ${start.wait(20) ? 'set' : 'not set'}`)
  print('go!')
  start.set()
  for (let lane = 1; lane <= 3; lane++) print(finished.get())
  print(`waited for what is set already: ${start.wait() ? 'set' : 'not set'}`)
  start.clear()
  print(`cleared: ${start.isSet() ? 'set' : 'not set'}`)
}

run(import.meta.url, main)
