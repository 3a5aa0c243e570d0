/**
 * `npm run dist`: makes the packages of this system in `dist/`: on Linux a .deb and an AppImage, on macOS a dmg, on
 * Windows an NSIS installer. Prints their sizes and those of their parts. See docs/packaging.md.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { errorMessage, firstSentence } from '../shared/error-message.ts'
import { checkFuses } from './dist/check-fuses.ts'
import { writeChecksums } from './dist/checksums.ts'
import { makePackages, programIn } from './dist/packages.ts'
import { readReleaseRepository } from './dist/release-repository.ts'
import { report } from './dist/report.ts'
import { describeOtherRuntime, findRuntime } from './dist/runtime.ts'
import { dist, stageApplication } from './dist/stage-application.ts'

try {
  await makeDist(readArguments())
} catch (error) {
  console.error(errorMessage(error))
  process.exit(1)
}

async function makeDist(appImage: boolean): Promise<void> {
  const releases = readReleaseRepository(process.env.SKEIN_RELEASES)
  const runtime = findRuntime()
  const warning = describeOtherRuntime(runtime.version)
  // What a release is made of must be what was tested.
  if (warning !== undefined && process.env.CI !== undefined) throw new Error(warning)
  if (warning !== undefined) console.error(`WARNING: ${warning}`)
  console.log(`Packing Skein with Electron ${runtime.version} from ${runtime.folder} …`)
  rmSync(dist, { recursive: true, force: true })
  const folders = stageApplication(runtime)
  const { packages, unpacked, notes } = await makePackages({ runtime, folders, releases, appImage })
  await checkFuses(programIn(unpacked))
  writeChecksums(dist, packages)
  report(unpacked, packages)
  for (const note of notes) console.log(note)
  if (warning !== undefined) console.error(`WARNING: ${warning}`)
  console.log(`Checksums are in ${join(dist, 'SHA256SUMS')}.`)
}

/** Returns whether an AppImage can be made: its tool is installed or may be downloaded. */
function readArguments(): boolean {
  try {
    const { values } = parseArgs({ options: { appimage: { type: 'boolean' } } })
    const { APPIMAGE_TOOLS_PATH, CI } = process.env
    return values.appimage ?? (APPIMAGE_TOOLS_PATH !== undefined || CI !== undefined)
  } catch (error) {
    throw new Error(`${firstSentence(errorMessage(error))} Use: npm run dist -- [--appimage].`)
  }
}
