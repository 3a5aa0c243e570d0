import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LogFile } from '../../../electron/storage/log-file.ts'
import { scratchFolder } from '../scratch.ts'

describe('a log', () => {
  test('has each entry on its own line with its time, and creates its folder', () => {
    const path = join(scratchFolder(), 'logs', 'skein.log')
    const log = new LogFile(path)
    log.write('start: one')
    log.write('end: two')
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z start: one$/)
    expect(lines[1]).toMatch(/Z end: two$/)
  })

  test('is rotated when it is full, and one old file is kept', () => {
    const folder = scratchFolder()
    const path = join(folder, 'skein.log')
    const log = new LogFile(path, 1000)
    for (let entry = 1; entry <= 200; entry++) log.write(`entry ${entry}`)
    expect(readdirSync(folder).sort()).toEqual(['skein.log', 'skein.log.old'])
    expect(statSync(path).size).toBeLessThanOrEqual(1000)
    expect(statSync(`${path}.old`).size).toBeLessThanOrEqual(1000)
    const all = readFileSync(`${path}.old`, 'utf8') + readFileSync(path, 'utf8')
    const kept = [...all.matchAll(/entry (\d+)/g)].map(([, number]) => Number(number))
    expect(kept).toEqual(kept.map((_, index) => 200 - kept.length + 1 + index))
    expect(kept.length).toBeGreaterThan(25)
  })

  test('truncates long entries, indents multiple lines and removes control characters', () => {
    const path = join(scratchFolder(), 'skein.log')
    const log = new LogFile(path)
    log.write('x'.repeat(1_000_000))
    expect(statSync(path).size).toBeLessThan(5000)
    log.write('Error: one\n  at two\u001b[2J\r')
    expect(readFileSync(path, 'utf8')).toMatch(/Z Error: one\n {6}at two \[2J\n$/)
  })

  test('that cannot be written is not an error', () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'file'), 'kept')
    const log = new LogFile(join(folder, 'file', 'skein.log'))
    expect(() => log.write('start: one')).not.toThrow()
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept')
    expect(existsSync(log.path)).toBe(false)
  })
})
