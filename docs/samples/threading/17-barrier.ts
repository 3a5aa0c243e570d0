import { Barrier, BrokenBarrierError, defineTargets, Queue, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function hike(summit: Barrier, places: Queue<number>): void {
  places.put(summit.wait())
}
defineTargets({ hike })

function main(): void {
  const [summit, places] = [new Barrier({ parties: 3 }), new Queue<number>()]
  for (let hiker = 0; hiker < 3; hiker++) new Thread({ target: hike, args: [summit, places] }).start()
  const numbers = [places.get(), places.get(), places.get()]
  print(`all three are there, numbered ${numbers.sort().join(', ')}`)
  try {
    summit.wait(20)
  } catch (error) {
    if (error instanceof BrokenBarrierError) print('alone, for 20 milliseconds: broken')
  }
  print(summit.broken ? 'it stays broken' : 'it is whole')
  summit.reset()
  print(summit.broken ? 'it stays broken' : 'it is whole')
}

run(import.meta.url, main)
