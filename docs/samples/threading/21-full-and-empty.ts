import { Queue } from '@skein/threading'
import { print, run } from './run.ts'

function attempt(what: string, call: () => void): void {
  try {
    call()
    print(`${what}: done`)
  } catch (error) {
    print(`${what}: ${error instanceof Error ? error.name : error}`)
  }
}

function main(): void {
  const queue = new Queue<string>({ maxSize: 1 })
  attempt('get without waiting', () => queue.getNowait())
  attempt('get within 20 milliseconds', () => queue.get(true, 20))
  attempt('put', () => queue.put('a'))
  attempt('put one more without waiting', () => queue.putNowait('b'))
  attempt('put one more within 20 milliseconds', () => queue.put('b', true, 20))
  attempt('get', () => queue.get())
}

run(import.meta.url, main)
