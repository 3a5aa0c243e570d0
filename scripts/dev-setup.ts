/** Runs before `npm run dev`: downloads Electron if necessary. Fails with one sentence if there is no Electron. */
import { obtainElectron } from './find-electron.ts'

if (obtainElectron() === undefined) {
  console.error('npm run dev needs Electron, which could not be downloaded. Check the network and try again.')
  process.exit(1)
}
