import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Release, readChangelog } from '../../packaging/changelog.ts'
import { identity } from '../../packaging/identity.ts'
import { root } from './stage-application.ts'

/** What CHANGELOG.md tells. Throws an Error where it does not tell of the version that is packed. */
export function releasesUpTo(version: string): readonly Release[] {
  const releases = readChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
  if (!releases.some((release) => release.version === version)) {
    throw new Error(`CHANGELOG.md has no release ${version}: write what is new in it.`)
  }
  return releases
}

/** The AppStream data with the changelog's releases. */
export function metainfo(releases: readonly Release[]): string {
  const text = readFileSync(join(root, 'packaging', 'linux', `${identity.id}.metainfo.xml`), 'utf8')
  const place = '  <releases />\n'
  if (!text.includes(place)) throw new Error('The AppStream data has no empty <releases /> to be filled.')
  return text.replace(place, () => `  <releases>\n${releases.map(element).join('')}  </releases>\n`)
}

function element({ version, date, changes }: Release): string {
  const items = changes.map((change) => `          <li>${escaped(change)}</li>\n`).join('')
  const description = `      <description>\n        <ul>\n${items}        </ul>\n      </description>\n`
  return `    <release version="${version}" date="${date}">\n${description}    </release>\n`
}

/** AppStream knows no Markdown: of code only the words stay. */
const escaped = (text: string): string =>
  text.replaceAll('`', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
