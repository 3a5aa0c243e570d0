import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { programIn } from '../../scripts/dist/packages.ts'
import { dist } from '../../scripts/dist/stage-application.ts'
import { findElectron } from '../../scripts/find-electron.ts'
import { isRoot } from '../../scripts/system.ts'
import { makeMixedLibrary } from '../fixtures/make-libraries.ts'
import { VirtualScreen } from '../installed/virtual-screen.ts'
import { type Measurement, median } from './support/measurement.ts'

const fileCount = 2_000
const roundCount = 9
/** A blank page shows one or two colours besides the screen's. Text with its smooth edges shows more. */
const minColoursOfFrame = 8
/** Both windows have the same size and position, and a menu that is drawn before the page. */
const rowBelowMenu = 60
const pollInterval = 2
const startTimeout = 30_000

const distScript = fileURLToPath(new URL('../../scripts/dist.ts', import.meta.url))
const barePath = fileURLToPath(new URL('start/bare-window', import.meta.url))

interface Program {
  readonly program: string
  readonly args: readonly string[]
}

/**
 * The time from the start of the packaged application's process to the first frame of its page on the screen, with a
 * library of 2,000 tracks; alternately with a bare window of the same runtime. Both are observed on a virtual screen.
 */
export async function measureStart(): Promise<readonly Measurement[]> {
  const runtime = findElectron()
  if (runtime === undefined)
    throw new Error("Electron's runtime is not installed and could not be downloaded.")
  const sandbox = isRoot ? ['--no-sandbox'] : []
  makeDist()
  const own: Program = { program: programIn(join(dist, 'linux-unpacked')), args: sandbox }
  const peer: Program = { program: runtime, args: [...sandbox, barePath] }
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
  try {
    const environment = prepareLibrary(folder)
    const values: number[] = []
    const peers: number[] = []
    for (let round = 0; round <= roundCount; round++) {
      const times = [
        await measureFirstFrame(own, environment),
        await measureFirstFrame(peer, environment),
      ] as const
      // The first round fills the file cache.
      if (round === 0) continue
      values.push(times[0])
      peers.push(times[1])
    }
    return [createMeasurement(median(values), median(peers))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Packs the application, so that the current state is measured. */
function makeDist(): void {
  const { status, stderr } = spawnSync(process.execPath, [distScript], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The application could not be packed: ${stderr}`)
}

function createMeasurement(value: number, peer: number): Measurement {
  const ratio = value / peer
  return { name: 'start', value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.4', met: ratio <= 1.4 }
}

/** Creates a library that was open when Skein was closed. Returns the environment for a start. */
function prepareLibrary(folder: string): NodeJS.ProcessEnv {
  const [music, data] = [join(folder, 'music'), join(folder, 'data')]
  makeMixedLibrary(music, fileCount)
  mkdirSync(data)
  const saved = { settings: { volume: 0.3, shuffle: true }, library: { kind: 'folder', folder: music } }
  writeFileSync(join(data, 'settings.json'), JSON.stringify(saved))
  return { ...process.env, SKEIN_DATA_DIR: data, XDG_CONFIG_HOME: join(folder, 'config') }
}

async function measureFirstFrame(
  { program, args }: Program,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const screen = await VirtualScreen.open(1280, 800)
  const startTime = performance.now()
  const child = spawn(program, args, { env: { ...environment, DISPLAY: screen.display }, stdio: 'ignore' })
  try {
    while (screen.countColours(minColoursOfFrame, rowBelowMenu) < minColoursOfFrame) {
      if (child.exitCode !== null) throw new Error(`${program} exited with code ${child.exitCode}.`)
      if (performance.now() - startTime > startTimeout)
        throw new Error(`${program} showed no page within ${startTimeout / 1000} s.`)
      await delay(pollInterval)
    }
    return performance.now() - startTime
  } finally {
    await endProcess(child)
    await screen.close()
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
