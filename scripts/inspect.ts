/**
 * `npm run --silent inspect -- PATH…` prints what Skein reads from audio files, folders and playlists: one line of JSON
 * for each file. It runs the sources as they are, without a build.
 */
import { runInspection } from '../electron/inspect/run-inspection.ts'
import { readCommandLine } from '../electron/lifecycle/command-line.ts'
import { selectLocale } from '../shared/locale.ts'

selectLocale([Intl.DateTimeFormat().resolvedOptions().locale])

/** npm runs scripts in the repository; the user's own folder is in INIT_CWD. */
const directory = process.env.INIT_CWD ?? process.cwd()
const commandLine = readCommandLine(['--inspect', ...process.argv.slice(2)], directory)
if (commandLine.kind === 'inspect') process.exit(await runInspection(commandLine.paths))
console.error('message' in commandLine ? commandLine.message : 'Use: npm run --silent inspect -- PATH…')
process.exit(2)
