import { LifoQueue, PriorityQueue, Queue } from '@skein/threading'
import { print, run } from './run.ts'

type Job = readonly [number, string]

function main(): void {
  const jobs: Job[] = [
    [2, 'sweep'],
    [1, 'put out the fire'],
    [3, 'water the flowers'],
  ]
  for (const queue of [new Queue<Job>(), new LifoQueue<Job>(), new PriorityQueue<Job>()]) {
    for (const job of jobs) queue.put(job)
    print(jobs.map(() => queue.get()[1]).join(', '))
  }
}

run(import.meta.url, main)
