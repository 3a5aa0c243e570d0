import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FolderContent } from '../fixtures/field-cases/field-case.ts'
import { orderCases } from '../fixtures/field-cases/order-cases.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

// What the window shows of files as people have them. How they are read is tested through `--inspect`.

const cases = orderCases.filter(({ titles = [], searches = [] }) => titles.length > 0 || searches.length > 0)

test('albums keep their order, and what keyboards cannot type is found', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('field-cases')
  let count = 0
  for (const [index, { content }] of cases.entries()) {
    writeContent(join(folder, folderName(index)), content)
    count += Object.keys(content).length
  }
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(count)
  for (const [index, { name, titles, searches = [] }] of cases.entries()) {
    // The folder's name is searched too: it separates the cases.
    for (const [query, found] of [...(titles ? [['', titles] as const] : []), ...searches]) {
      await window.search.fill(`${query} ${folderName(index)}`)
      await expect.poll(() => window.titles(), `${name}: ${query}`).toEqual(found)
    }
  }
})

/** A word that no song contains. */
const folderName = (index: number): string => `case${String.fromCharCode('a'.charCodeAt(0) + index)}`

function writeContent(folder: string, content: FolderContent): void {
  for (const [path, bytes] of Object.entries(content)) {
    const file = join(folder, ...path.split('/'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}
