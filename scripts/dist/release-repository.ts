import type { ReleaseRepository } from '../../packaging/electron-builder.ts'

/** Reads SKEIN_RELEASES: the repository with the releases by which the packages update themselves. */
export function readReleaseRepository(value: string | undefined): ReleaseRepository | undefined {
  if (value === undefined || value === '') return undefined
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(value) ?? []
  if (owner === undefined || repo === undefined) {
    throw new Error(`SKEIN_RELEASES is "${value}": it must be OWNER/REPOSITORY.`)
  }
  return { owner, repo }
}
