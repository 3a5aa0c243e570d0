import { readFileSync } from 'node:fs'
import * as v from 'valibot'

const Licences = v.array(
  v.object({
    name: v.string(),
    version: v.string(),
    identifier: v.optional(v.string()),
    text: v.optional(v.string()),
  }),
)

type Licence = v.InferOutput<typeof Licences>[number]

/**
 * One text of the licences of all libraries in the built player, from the lists that the build wrote of what it
 * bundled. Throws an Error where a library's package came without its licence's text.
 */
export function thirdPartyLicences(lists: readonly string[]): string {
  const bundled = new Map<string, Licence>()
  for (const list of lists) {
    for (const licence of v.parse(Licences, JSON.parse(readFileSync(list, 'utf8')))) {
      bundled.set(`${licence.name} ${licence.version}`, licence)
    }
  }
  const silent = [...bundled].filter(
    ([, { text, identifier }]) => text === undefined && identifier === undefined,
  )
  if (silent.length > 0) {
    throw new Error(`These libraries do not tell their licence: ${silent.map(([key]) => key).join(', ')}.`)
  }
  const sections = [...bundled.keys()].toSorted().map((key) => section(key, bundled.get(key)))
  return `Skein contains these libraries:\n\n${[...bundled.keys()].toSorted().join('\n')}\n\n${sections.join('\n')}`
}

function section(key: string, licence: Licence | undefined): string {
  const line = '-'.repeat(78)
  return `${line}\n${key}${licence?.identifier === undefined ? '' : ` (${licence.identifier})`}\n\n${licence?.text ?? 'The package has no text of its licence.'}\n`
}
