import { defineTargets, Queue, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function answer(questions: Queue<string>, answers: Queue<string>): void {
  for (;;) answers.put(`${questions.get()} Yes.`)
}
defineTargets({ answer })

async function main(): Promise<void> {
  const [questions, answers] = [new Queue<string>(), new Queue<string>()]
  new Thread({ target: answer, args: [questions, answers], daemon: true }).start()
  const first = answers.getAsync()
  print('main goes on while it waits')
  questions.put('Is it raining?')
  print(await first)
}

run(import.meta.url, main)
