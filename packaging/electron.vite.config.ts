import { defineConfig } from 'electron-vite'
import player from '../electron.vite.config.ts'

// Builds the player for packages: without the web host, and with a list of the libraries in each part.
const { main, preload, renderer } = player
if (main === undefined || preload === undefined || renderer === undefined) {
  throw new Error('The player is no longer built in three parts: change this file with it.')
}
const input = main.build?.rollupOptions?.input
if (typeof input !== 'object' || Array.isArray(input) || !('web-host' in input)) {
  throw new Error('The build of the main process no longer has the entry web-host: change this file with it.')
}
delete input['web-host']

const license = { fileName: 'licences.json' }
const withLicences = <Part extends { build?: object }>(part: Part): Part => ({
  ...part,
  build: { ...part.build, license, sourcemap: false, reportCompressedSize: false },
})

export default defineConfig({
  main: withLicences(main),
  preload: withLicences(preload),
  renderer: withLicences(renderer),
})
