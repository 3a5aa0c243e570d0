import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Release, readChangelog } from '../../packaging/changelog.ts'
import { identity } from '../../packaging/identity.ts'
import { root } from './stage-application.ts'

/** Returns the releases in CHANGELOG.md. Throws an Error if the packaged version is not one of them. */
export function releasesUpTo(version: string): readonly Release[] {
  const releases = readChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
  if (!releases.some((release) => release.version === version)) {
    throw new Error(`CHANGELOG.md has no release ${version}: write what is new in it.`)
  }
  return releases
}

/** Returns the AppStream data with the changelog's releases. */
export function metainfo(releases: readonly Release[]): string {
  const text = readFileSync(join(root, 'packaging', 'linux', `${identity.id}.metainfo.xml`), 'utf8')
  const placeholder = '  <releases />\n'
  if (!text.includes(placeholder)) throw new Error('The AppStream data has no empty <releases />.')
  return text.replace(placeholder, () => `  <releases>\n${releases.map(element).join('')}  </releases>\n`)
}

function element({ version, date, changes }: Release): string {
  const items = changes.map((change) => `          <li>${escapeText(change)}</li>\n`).join('')
  const description = `      <description>\n        <ul>\n${items}        </ul>\n      </description>\n`
  return `    <release version="${version}" date="${date}">\n${description}    </release>\n`
}

/** Escapes a text for XML. AppStream has no Markdown, so the marks of code are removed. */
const escapeText = (text: string): string =>
  text.replaceAll('`', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
