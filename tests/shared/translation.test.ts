import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { m } from '../../shared/i18n/messages.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'skein-translation-'))

const copied = ['electron', 'messages', 'scripts', 'shared', 'package.json', 'package-lock.json']
const generated = new Set(['i18n', 'dist', 'node_modules'])

const german = {
  cli_help: 'Skein spielt einen Ordner mit Musik.',
  cli_conflicting_options: 'Entweder {option} oder {other}, nicht beide.',
  cli_enqueue_without_files: 'Zu --enqueue gehören Dateien.',
  cli_unknown_option: 'Skein hat keine Option {option}.',
  library_track_count: [
    {
      declarations: ['input count', 'input number', 'local countPlural = count: plural'],
      selectors: ['countPlural'],
      match: { 'countPlural=one': '{number} Titel', 'countPlural=other': '{number} Titel' },
    },
  ],
}

function run(language: string, ...args: string[]) {
  const env = { ...process.env, LANG: language, LC_ALL: language, LANGUAGE: '' }
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', env })
}

const start = (language: string, ...args: string[]) => run(language, join('scripts', 'start.ts'), ...args)

beforeAll(() => {
  for (const name of copied) {
    const filter = (path: string) => !generated.has(basename(path))
    cpSync(join(root, name), join(project, name), { recursive: true, filter })
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction')
})

afterAll(() => rmSync(project, { recursive: true }))

const countTracks = `
  import { m } from './shared/i18n/messages.js'
  import { selectLocale } from './shared/locale.ts'
  selectLocale(['de-AT'])
  console.log(m.library_track_count({ count: 2, number: '2' }))
`

test('a file in messages is all that a translation needs', { timeout: 120_000 }, () => {
  writeFileSync(join(project, 'messages', 'de.json'), JSON.stringify(german))
  expect(run('en_GB.UTF-8', join('scripts', 'compile-messages.ts'))).toMatchObject({ status: 0, stderr: '' })
  expect(start('de_AT.UTF-8', '--help').stdout).toBe(`${german.cli_help}\n`)
  expect(start('de_AT.UTF-8', '--next', '--previous').stderr).toContain(
    'Entweder --next oder --previous, nicht beide.',
  )
  expect(run('C', '--input-type=module', '-e', countTracks).stdout).toBe('2 Titel\n')
  // What is not translated yet is shown in English.
  const message = 'Skein hat keine Option --bogus.'
  expect(start('de_AT.UTF-8', '--bogus').stderr).toBe(`${m.cli_see_help({ message })}\n`)
  expect(start('en_GB.UTF-8', '--help').stdout).toBe(`${m.cli_help()}\n`)

  rmSync(join(project, 'messages', 'de.json'))
  expect(run('en_GB.UTF-8', join('scripts', 'compile-messages.ts')).status).toBe(0)
  expect(start('de_AT.UTF-8', '--help').stdout).toBe(`${m.cli_help()}\n`)
})
