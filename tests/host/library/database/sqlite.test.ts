import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { SqliteDatabase, type SqliteValue } from '../../../../electron/library/database/sqlite/sqlite.ts'

function open(): SqliteDatabase {
  const database = new SqliteDatabase(':memory:')
  onTestFinished(() => database.close())
  database.execute('CREATE TABLE item (value)')
  return database
}

const store = (database: SqliteDatabase, value: SqliteValue) =>
  database.run('INSERT INTO item VALUES (?)', value)
const read = (database: SqliteDatabase) =>
  database.all<{ value: unknown }>('SELECT value FROM item').map(({ value }) => value)

test('every text comes back as it was, with lone surrogates, NUL and the mark itself', () => {
  const database = open()
  const unit = fc.oneof(fc.constantFrom('\0', '\ufdd0', '\ud800', '\udc80', 'd', '8', '0'), fc.string())
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = units.join('')
      database.run('DELETE FROM item')
      store(database, text)
      expect(read(database)).toEqual([text])
    }),
  )
})

test('integers stay integers, and other numbers are exact', () => {
  const database = open()
  for (const value of [0, 1, -1, 1.5, 2 ** 53 - 1, 1e300, -0.1]) store(database, value)
  expect(read(database)).toEqual([0, 1, -1, 1.5, 2 ** 53 - 1, 1e300, -0.1])
  expect(database.all('SELECT DISTINCT typeof(value) AS type FROM item ORDER BY 1')).toEqual([
    { type: 'integer' },
    { type: 'real' },
  ])
})

test('a value that would end the process, or be changed, is refused', () => {
  const database = open()
  const values = [
    new Uint8Array(3),
    new ArrayBuffer(3),
    Number.NaN,
    Infinity,
    undefined,
    true,
    {},
    [],
    () => 1,
    Symbol('x'),
    2n ** 63n,
    new Date(),
  ]
  for (const value of values)
    expect(() => store(database, value as SqliteValue)).toThrow(/cannot be stored|does not fit/)
  expect(read(database)).toEqual([])
})

test('the number of values is checked', () => {
  const database = open()
  expect(() => database.run('INSERT INTO item VALUES (?)')).toThrow('has 1 parameters, not 0')
  expect(() => database.all("SELECT '?' AS a", 1)).toThrow('has 0 parameters, not 1')
})

test('a text of 64 MiB comes back, and one that SQLite refuses is an error', () => {
  const database = open()
  const text = 'ä'.repeat(2 ** 25)
  store(database, text)
  expect(read(database)[0] === text).toBe(true)
})

test('a text in the file that is not valid UTF-8 is read with U+FFFD', () => {
  const database = open()
  database.execute("INSERT INTO item VALUES (CAST(x'41ff42' AS TEXT))")
  expect(read(database)).toEqual(['A\ufffdB'])
})

test('a closed database refuses everything, also through its statements', () => {
  const database = open()
  const statement = database.prepare('SELECT value FROM item')
  database.close()
  database.close()
  expect(() => statement.all()).toThrow('the database is closed')
  expect(() => database.all('SELECT 1')).toThrow('the database is closed')
  expect(() => database.execute('SELECT 1')).toThrow('the database is closed')
  expect(() => database.transaction(() => 1)).toThrow('the database is closed')
})

test('a transaction that throws changes nothing, and the next one works', () => {
  const database = open()
  const work = () =>
    database.transaction(() => {
      store(database, 1)
      database.transaction(() => store(database, 2))
      throw new Error('stop')
    })
  expect(work).toThrow('stop')
  expect(read(database)).toEqual([])
  database.transaction(() => store(database, 3))
  expect(read(database)).toEqual([3])
})

test('an error has the code of SQLite', () => {
  const database = open()
  database.execute('CREATE UNIQUE INDEX unique_item ON item (value)')
  store(database, 1)
  expect(() => store(database, 1)).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }))
  expect(() => database.prepare('nonsense')).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR' }))
})
