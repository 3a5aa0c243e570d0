import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from 'electron-builder'
import { audioTypes } from '../shared/library/track.ts'
import { type DesktopEntry, readDesktopEntry } from './desktop-entry.ts'
import { wantedFuses } from './fuses.ts'
import { identity } from './identity.ts'

export interface Runtime {
  /** A folder with Electron's runtime for this system. */
  readonly folder: string
  readonly version: string
}

/** Where packages of a release tell their updater to look. */
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
  places: PackagingFolders,
  releases: ReleaseRepository | undefined,
): Configuration {
  // Program and icon have names of electron-builder's own in an AppImage.
  const { main, actions } = readDesktopEntry(readFileSync(fileURLToPath(entryFile), 'utf8'))
  const { Exec: _program, Icon: _icon, ...entry } = main
  return {
    appId: identity.id,
    productName: identity.product,
    copyright: identity.copyright,
    directories: { output: places.output, app: places.application, buildResources: places.icons },
    files: ['**/*'],
    asar: true,
    // Everything is bundled: there are no node_modules to bring along.
    beforeBuild: async () => false,
    afterPack: async ({ appOutDir, packager }) => {
      // A runtime from a folder comes with Electron's own demonstration.
      rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
      rmSync(join(appOutDir, 'version'), { force: true })
      if (process.platform === 'linux') linkLocales(join(appOutDir, 'locales'))
    },
    electronVersion: runtime.version,
    electronDist: runtime.folder,
    // Without a signature the flipped program of a Mac would not start: its digest is made anew.
    electronFuses: { ...wantedFuses, resetAdHocDarwinSignature: process.platform === 'darwin' },
    extraFiles: [{ from: places.licences, to: process.platform === 'darwin' ? 'Resources' : '.' }],
    // An AppImage of this kind needs no libfuse2, which new systems have not.
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
    // All users of the computer: Windows takes file associations from such an installation only.
    nsis: { oneClick: false, perMachine: true, deleteAppDataOnUninstall: false },
  }
}

/** An AppImage's program is its own starter. */
function appImageActions(actions: DesktopEntry['actions']): DesktopEntry['actions'] {
  const changed = Object.entries(actions).map(([name, group]) => {
    const exec = group.Exec?.replace(/^skein /, 'AppRun ') ?? 'AppRun'
    return [name, { ...group, Exec: exec }] as const
  })
  return Object.fromEntries(changed)
}

/**
 * Skein speaks English, and its window shows none of Chromium's own words; but by the names of these files Chromium
 * knows which languages it may take, and with the language it takes the alphabet's order. So English stands in for all.
 */
function linkLocales(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.pak') || name === englishLocale) continue
    rmSync(join(folder, name))
    symlinkSync(englishLocale, join(folder, name))
  }
}

const englishLocale = 'en-US.pak'

/** In electron-builder's own placeholders. */
const artifactName = (system: string): string => `skein-\${version}-${system}-\${arch}.\${ext}`

const extensions = Object.keys(audioTypes).map((extension) => extension.slice(1))
