import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { isolationHeaders } from './electron/security-headers.ts'

// Everything is bundled, so a build needs nothing beside itself but the runtime.
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: resolve('electron/main.ts'),
          'web-host': resolve('electron/web-host-main.ts'),
          'scan-worker': resolve('electron/library/scan-worker.ts'),
        },
        external: ['electron'],
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve('electron/preload.ts') },
        external: ['electron'],
        // A sandboxed preload script cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    server: { headers: isolationHeaders },
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: {
        input: {
          index: resolve('renderer/index.html'),
          'lab-process': resolve('renderer/lab/process.html'),
        },
      },
    },
  },
})
