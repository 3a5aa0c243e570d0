import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from 'electron-builder'
import { audioTypes, otherAudioTypes } from '../shared/library/track.ts'
import { type DesktopEntry, readDesktopEntry } from './desktop-entry.ts'
import { wantedFuses } from './fuses.ts'
import { identity } from './identity.ts'

export interface Runtime {
  /** A folder with Electron's runtime for this system. */
  readonly folder: string
  readonly version: string
}

/** Where the updater of a package finds newer releases. */
export interface ReleaseRepository {
  readonly owner: string
  readonly repo: string
}

/** The folders of `dist/` that a package is made from. */
export interface PackagingFolders {
  readonly output: string
  readonly application: string
  readonly icons: string
  /** Files that lie beside the program. */
  readonly licences: string
}

const entryFile = new URL(`./linux/${identity.id}.desktop`, import.meta.url)

export function builderConfiguration(
  runtime: Runtime,
  folders: PackagingFolders,
  releases: ReleaseRepository | undefined,
): Configuration {
  // In an AppImage, electron-builder names the program and the icon.
  const { main, actions } = readDesktopEntry(readFileSync(fileURLToPath(entryFile), 'utf8'))
  const { Exec: _program, Icon: _icon, ...entry } = main
  return {
    appId: identity.id,
    productName: identity.product,
    copyright: identity.copyright,
    directories: { output: folders.output, app: folders.application, buildResources: folders.icons },
    // electron-builder leaves out the node_modules of the application's folder.
    files: [
      '**/*',
      { from: join(folders.application, 'node_modules'), to: 'node_modules', filter: ['**/*'] },
    ],
    asar: true,
    // The system loads libraries only from files of their own.
    asarUnpack: ['**/*.node', '**/*.so', '**/*.so.*', '**/*.dylib', '**/*.dll'],
    // What is not bundled is in the application's folder already.
    beforeBuild: async () => false,
    afterPack: async ({ appOutDir, packager }) => {
      // A runtime from a folder contains Electron's demo application.
      rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
      rmSync(join(appOutDir, 'version'), { force: true })
      if (process.platform === 'linux') linkLocales(join(appOutDir, 'locales'))
    },
    electronVersion: runtime.version,
    electronDist: runtime.folder,
    // On a Mac the changed program does not start without a new digest.
    electronFuses: { ...wantedFuses, resetAdHocDarwinSignature: process.platform === 'darwin' },
    extraFiles: [{ from: folders.licences, to: process.platform === 'darwin' ? 'Resources' : '.' }],
    // This version makes an AppImage that does not need libfuse2, which new systems lack.
    toolsets: { appimage: '1.0.3' },
    publish: releases === undefined ? null : { provider: 'github', ...releases },
    linux: {
      executableName: identity.command,
      icon: 'hicolor',
      category: entry.Categories ?? null,
      syncDesktopName: true,
      artifactName: artifactName('linux'),
      desktop: { entry, desktopActions: appImageActions(actions) },
    },
    mac: {
      icon: 'icon.icns',
      category: identity.category,
      artifactName: artifactName('mac'),
      fileAssociations: [{ ext: extensions, name: 'Music', role: 'Viewer', rank: 'Alternate' }],
    },
    win: {
      icon: 'icon.ico',
      artifactName: artifactName('windows'),
      fileAssociations: extensions.map((ext) => ({ ext, name: `${ext.toUpperCase()} audio` })),
    },
    // For all users of the computer: Windows accepts file associations from such an installation only.
    nsis: { oneClick: false, perMachine: true, deleteAppDataOnUninstall: false },
  }
}

/** In an AppImage, actions run its start script. */
function appImageActions(actions: DesktopEntry['actions']): DesktopEntry['actions'] {
  const changed = Object.entries(actions).map(([name, group]) => {
    const exec = group.Exec?.replace(/^skein /, 'AppRun ') ?? 'AppRun'
    return [name, { ...group, Exec: exec }] as const
  })
  return Object.fromEntries(changed)
}

/**
 * Replaces Chromium's texts in other languages, which the window never shows, by links to the English ones. Chromium
 * supports the languages of the files that exist, and sorts by the alphabet of the user's language.
 */
function linkLocales(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.pak') || name === englishLocale) continue
    rmSync(join(folder, name))
    symlinkSync(englishLocale, join(folder, name))
  }
}

const englishLocale = 'en-US.pak'

/** With electron-builder's placeholders. */
const artifactName = (system: string): string => `skein-\${version}-${system}-\${arch}.\${ext}`

const extensions = Object.keys({ ...audioTypes, ...otherAudioTypes }).map((extension) => extension.slice(1))
