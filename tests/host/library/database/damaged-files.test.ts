import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeBackup } from '../../../../electron/library/database/file/backups.ts'
import { openFile } from '../../../../electron/library/database/file/connection.ts'
import { scratchFolder } from '../../scratch.ts'
import { fillLibrary } from './sample-library.ts'

const program = fileURLToPath(new URL('./open-damaged-files.ts', import.meta.url))

test('a file with any damage is opened or replaced, and never ends the process', () => {
  const folder = scratchFolder()
  const database = openFile(join(folder, 'library.db'))
  fillLibrary(database, 300)
  makeBackup(database, folder, '2026-11-26')
  database.close()
  const good = join(folder, 'backups', 'library-2026-11-26.db')
  const output = execFileSync(process.execPath, [program, good, folder, '1', '150'], { encoding: 'utf8' })
  const lines = output.trim().split('\n')
  expect(lines.at(-1)).toBe('seed 150')
  expect(lines.filter((line) => !line.startsWith('seed '))).toEqual([])
}, 120_000)
