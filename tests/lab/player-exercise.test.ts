import { pauseThread, resumeThread, snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess, startExercise, waitUntil } from './lab-harness.ts'

setUpLabProcess()

const objectNow = (name: string) => snapshot().objects.findLast((object) => object.name === name)
const threadNow = (ident: number) => snapshot().threads.find(({ id }) => id === ident)

test('the songs come up in order, each once', async () => {
  const outcome = await runExercise('player', { songs: 8, length: 20, room: 3 })
  expect(outcome.summary).toBe('8 songs came up in order, each once. None was skipped.')
  expect(outcome.isCorrect).toBe(true)
})

test('nothing plays until Play, and Next skips to the next song', async () => {
  const run = startExercise('player', { songs: 2, length: 5000, begin: false })
  const selector = run.threads[2]!.ident!
  await waitUntil(() => threadNow(selector)?.state === 'Waiting')
  expect(objectNow('playing')).toMatchObject({ flag: false, waiters: [selector] })
  run.performAction('play')
  await waitUntil(() => objectNow('playing')?.flag === true)
  run.performAction('next')
  run.performAction('next')
  const outcome = await run.outcome
  expect(outcome.summary).toBe('2 songs came up in order, each once. 2 were skipped.')
  expect(getFact(outcome, 'Song 1')).toMatch(/^skipped after/)
})

test('a paused song plays to its end after Play', async () => {
  const run = startExercise('player', { songs: 1, length: 200 })
  await waitUntil(() => objectNow('playing')?.flag === true)
  run.performAction('pause')
  await waitUntil(() => objectNow('playing')?.flag === false)
  const playback = run.threads[1]!.ident!
  await waitUntil(() => threadNow(playback)?.state === 'Waiting')
  run.performAction('play')
  const outcome = await run.outcome
  expect(getFact(outcome, 'Song 1')).toMatch(/^to its end, /)
})

test('Next plays the next song, even while paused', async () => {
  const run = startExercise('player', { songs: 2, length: 50, begin: false })
  for (const click of ['play', 'pause', 'next']) run.performAction(click)
  const outcome = await run.outcome
  expect(outcome.summary).toBe('2 songs came up in order, each once. 1 was skipped.')
})

test('while the selector is paused, playback uses up the plan and then waits', async () => {
  const run = startExercise('player', { songs: 6, length: 20, room: 1 })
  const [, playback, selector] = run.threads.map(({ ident }) => ident!)
  pauseThread(selector!)
  const upNext = snapshot().objects.findLast(({ kind }) => kind === 'Condition')
  await waitUntil(() => threadNow(playback!)?.waiting?.object === upNext?.id)
  resumeThread(selector!)
  expect((await run.outcome).isCorrect).toBe(true)
})
