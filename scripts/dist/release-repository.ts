import type { ReleaseRepository } from '../../packaging/electron-builder.ts'

/** What SKEIN_RELEASES tells: the forge's repository whose releases the packages update themselves from. */
export function readReleaseRepository(value: string | undefined): ReleaseRepository | undefined {
  if (value === undefined || value === '') return undefined
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(value) ?? []
  if (owner === undefined || repo === undefined) {
    throw new Error(`SKEIN_RELEASES is "${value}": give it as OWNER/REPOSITORY.`)
  }
  return { owner, repo }
}
