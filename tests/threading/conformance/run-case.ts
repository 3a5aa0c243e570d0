import { defineTargets, Empty, enumerate, killThread, Queue, Thread } from '@skein/threading'
import { Inspector } from '@skein/threading/inspect'
import { type Case, Scene, type Suite } from './cases.ts'
import { suites } from './suites.ts'

/** How long a case may take before it counts as hanging. */
const caseTimeout = 40_000

/** Runs a case from main, on Node or in a page. Returns what went wrong in words, undefined when nothing did. */
export async function runCase(suiteTitle: string, caseTitle: string): Promise<string | undefined> {
  const outcome = new Queue<string | null>({ name: 'outcome' })
  // Waited for first: a case may use up all places of the table of waits.
  const told = outcome.getAsync(caseTimeout)
  const thread =
    find(suiteTitle, caseTitle).on === 'main' ? undefined : caseThread([suiteTitle, caseTitle, outcome])
  if (thread === undefined) void runOnMain(suiteTitle, caseTitle, outcome)
  else thread.start()
  try {
    const failure = await told
    // It has told its outcome and is about to end: the next case is to find the process without it.
    await thread?.joinAsync()
    if (failure === null) return undefined
    await endAll()
    return failure
  } catch (error) {
    if (!(error instanceof Empty)) throw error
    const failure = `it hangs: ${describeWaits()}`
    await endAll()
    return failure
  }
}

function caseThread(args: [string, string, Queue<string | null>]): Thread {
  return new Thread({ target: runOnThread, args, name: 'case', daemon: true })
}

async function runOnThread(
  suiteTitle: string,
  caseTitle: string,
  outcome: Queue<string | null>,
): Promise<void> {
  const scene = new Scene()
  outcome.put(
    await attempt(async () => {
      await find(suiteTitle, caseTitle).run(scene)
      scene.end()
    }),
  )
}

async function runOnMain(
  suiteTitle: string,
  caseTitle: string,
  outcome: Queue<string | null>,
): Promise<void> {
  const scene = new Scene()
  outcome.put(
    await attempt(async () => {
      await find(suiteTitle, caseTitle).run(scene)
      await scene.endAsync()
    }),
  )
}

async function attempt(run: () => Promise<void>): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    const { name, message, stack = '' } = error
    return stack.includes(message) ? stack : `${name}: ${message}\n${stack}`
  }
}

function find(suiteTitle: string, caseTitle: string): Case {
  const suite: Suite | undefined = suites.find(({ title }) => title === suiteTitle)
  const found = suite?.cases.find(({ title }) => title === caseTitle)
  if (found === undefined) throw new Error(`there is no case "${suiteTitle}: ${caseTitle}"`)
  return found
}

/** A case that failed leaves threads that wait for what never comes. */
async function endAll(): Promise<void> {
  for (const thread of enumerate()) {
    if (thread.ident === undefined || thread.ident === 1) continue
    killThread(thread.ident)
    await thread.joinAsync()
  }
}

function describeWaits(): string {
  const { threads, objects } = new Inspector().sample()
  const nameOf = (id: number) => objects.find((object) => object.id === id)?.name ?? `object ${id}`
  return threads
    .filter(({ state }) => state !== 'Terminated')
    .map(({ name, state, waiting, awaiting }) => {
      const waits = [...(waiting === undefined ? [] : [waiting]), ...awaiting]
      return [name, state, ...waits.map(({ object, operation }) => `${operation} of ${nameOf(object)}`)].join(
        ' ',
      )
    })
    .join('; ')
}

defineTargets({ runOnThread })
