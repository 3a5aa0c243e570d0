import { defineTargets, Timer } from '@skein/threading'
import { print, run } from './run.ts'

function ring(sound: string): void {
  print(sound)
}
defineTargets({ ring })

function main(): void {
  const alarm = new Timer({ interval: 50, target: ring, args: ['ring!'] })
  const cancelled = new Timer({ interval: 60_000, target: ring, args: ['never heard'] })
  print('two timers are set')
  alarm.start()
  cancelled.start()
  cancelled.cancel()
  cancelled.join()
  alarm.join()
  print('both are over')
}

run(import.meta.url, main)
