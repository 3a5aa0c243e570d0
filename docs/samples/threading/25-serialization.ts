import { defineTargets, Queue, Thread } from '@skein/threading'
import { print, run } from './run.ts'

interface Request {
  readonly samples: Float32Array
  readonly title?: string | undefined
  readonly reply: Queue<number>
}

function measure(requests: Queue<Request>): void {
  const request = requests.get()
  print(`${request.samples.constructor.name} of ${request.samples.length}; members: ${Object.keys(request)}`)
  request.reply.put(Math.max(...request.samples))
}
defineTargets({ measure })

function main(): void {
  const [requests, reply] = [new Queue<Request>(), new Queue<number>()]
  new Thread({ target: measure, args: [requests] }).start()
  requests.put({ samples: new Float32Array([0.25, 0.75, 0.5]), title: undefined, reply })
  print(`the loudest: ${reply.get()}`)
  try {
    new Queue<unknown>().put({ title: 'So What', callback: () => {} })
  } catch (error) {
    if (error instanceof TypeError) print(error.message)
  }
}

run(import.meta.url, main)
