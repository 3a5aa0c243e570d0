/** `node scripts/release-notes.ts VERSION` prints a version's part of the changelog for the page of its release. */
import { readFileSync } from 'node:fs'
import { readChangelog } from '../packaging/changelog.ts'

const [version] = process.argv.slice(2)
const releases = readChangelog(readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8'))
const release = releases.find((candidate) => candidate.version === version)
if (release === undefined) {
  console.error(`CHANGELOG.md has no release ${version ?? '(give a version)'}: write what is new in it.`)
  process.exit(1)
}
console.log(release.changes.map((change) => `- ${change}`).join('\n'))
