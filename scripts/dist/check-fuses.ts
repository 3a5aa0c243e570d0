import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { wantedFuses } from '../../packaging/fuses.ts'

// Their digits in the program.
const enabled = '1'.charCodeAt(0)
const disabled = '0'.charCodeAt(0)

/** Each fuse's name, its index in the program and its intended state. */
const fuses = [
  ['RunAsNode', FuseV1Options.RunAsNode, wantedFuses.runAsNode],
  ['EnableCookieEncryption', FuseV1Options.EnableCookieEncryption, wantedFuses.enableCookieEncryption],
  [
    'EnableNodeOptionsEnvironmentVariable',
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    wantedFuses.enableNodeOptionsEnvironmentVariable,
  ],
  [
    'EnableNodeCliInspectArguments',
    FuseV1Options.EnableNodeCliInspectArguments,
    wantedFuses.enableNodeCliInspectArguments,
  ],
  [
    'EnableEmbeddedAsarIntegrityValidation',
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    wantedFuses.enableEmbeddedAsarIntegrityValidation,
  ],
  ['OnlyLoadAppFromAsar', FuseV1Options.OnlyLoadAppFromAsar, wantedFuses.onlyLoadAppFromAsar],
  [
    'LoadBrowserProcessSpecificV8Snapshot',
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    wantedFuses.loadBrowserProcessSpecificV8Snapshot,
  ],
  [
    'GrantFileProtocolExtraPrivileges',
    FuseV1Options.GrantFileProtocolExtraPrivileges,
    wantedFuses.grantFileProtocolExtraPrivileges,
  ],
] as const

/** Reads the fuses of the built program. Throws an Error that names those in a wrong state. */
export async function checkFuses(program: string): Promise<void> {
  const wire = await getCurrentFuseWire(program)
  const wrong = fuses.filter(([, index, wanted]) => wire[index] !== (wanted ? enabled : disabled))
  if (wrong.length > 0) {
    throw new Error(`${program} has fuses in a wrong state: ${wrong.map(([name]) => name).join(', ')}.`)
  }
}
