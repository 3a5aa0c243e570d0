/** A version's part of CHANGELOG.md, which is kept as keepachangelog.com says. */
export interface Release {
  readonly version: string
  /** As YYYY-MM-DD. */
  readonly date: string
  readonly changes: readonly string[]
}

/** The releases in a changelog, newest first; what is not released yet is left out. */
export function readChangelog(text: string): readonly Release[] {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [, version, date] = /^\[?([^\]\s]+)\]? - (\d{4}-\d{2}-\d{2})\n/.exec(part) ?? []
      return version === undefined || date === undefined ? [] : [{ version, date, changes: changesOf(part) }]
    })
}

/** Each entry of a list as one line. */
function changesOf(part: string): readonly string[] {
  return part
    .split(/^- /m)
    .slice(1)
    .map((entry) => (entry.split(/\n(?:\n|#)/)[0] ?? '').replaceAll(/\s+/g, ' ').trim())
}
