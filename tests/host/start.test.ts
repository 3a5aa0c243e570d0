import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { version } from '../../package.json' with { type: 'json' }
import { m } from '../../shared/i18n/messages.js'
import { fixturesFolder } from '../fixtures/fixture-files.ts'
import { scratchFolder } from './scratch.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const starter = join(project, 'scripts', 'start.ts')
const webHost = join(project, 'electron', 'web-host-main.ts')

function run(program: string, ...args: string[]) {
  const environment = { ...process.env, INIT_CWD: fixturesFolder }
  return spawnSync(process.execPath, [program, ...args], { cwd: project, encoding: 'utf8', env: environment })
}

function startWebHost(...args: string[]): ChildProcess {
  const environment = { ...process.env, SKEIN_DATA_DIR: scratchFolder() }
  const child = spawn(process.execPath, [webHost, ...args], { cwd: project, env: environment })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function firstOutput(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  while (!text.includes('\n') && child.stdout) await once(child.stdout, 'data')
  return text
}

describe('a start that cannot succeed ends with one clear line', () => {
  test.each([
    [['--web', '--bogus'], "Unknown option '--bogus'."],
    [['--port', '1', 'tones'], '--port is for --web.'],
    [['--web', '--port', 'x'], '"x" is not a port'],
    [['--web', '--port', '65536'], '"65536" is not a port'],
    [['--web', '--port', '-1'], 'port'],
    [['--web', 'tones', 'plain'], 'Skein opens one folder at a time.'],
    [['no such folder'], `There is no folder ${join(fixturesFolder, 'no such folder')}.`],
    [
      ['--web', 'fixture-files.ts'],
      `${join(fixturesFolder, 'fixture-files.ts')} is a file: give the folder it is in.`,
    ],
  ])('%j', (args, sentence) => {
    const { status, stdout, stderr } = run(starter, ...args)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('npm start', () => {
  test('prints --version and --help, and does not confuse options', () => {
    expect(run(starter, '--version')).toMatchObject({ status: 0, stdout: `Skein ${version}\n`, stderr: '' })
    expect(run(starter, '--help')).toMatchObject({ status: 0, stdout: `${m.cli_help()}\n`, stderr: '' })
    expect(run(starter, '--bogus')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'Skein has no option --bogus. See skein --help.\n',
    })
  })
})

describe('the web host', () => {
  test('prints its address alone on one line, and exits cleanly on a signal', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = startWebHost('--port', '0', join(fixturesFolder, 'tones'))
      expect(await firstOutput(child)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}\n$/)
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([0, null])
    }
  })

  test('reports that its port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const { status, stdout, stderr } = run(webHost, '--port', port)
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      `Port ${port} is in use by another program: give another with --port.\n`,
    ])
  })

  test('starts although the last folder is missing, and reports that to the page', async () => {
    const data = scratchFolder()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(
      join(data, 'settings.json'),
      JSON.stringify({ library: { kind: 'folder', folder: '/no/such/folder' } }),
    )
    const child = spawn(process.execPath, [webHost], {
      cwd: project,
      env: { ...process.env, SKEIN_DATA_DIR: data },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const address = new URL((await firstOutput(child)).trim())
    address.pathname = '/api/events'
    const { body } = await fetch(address)
    let text = ''
    for await (const chunk of body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.includes('"failure"')) break
    }
    expect(text).toContain('/no/such/folder cannot be opened: there is no such folder.')
  })
})
