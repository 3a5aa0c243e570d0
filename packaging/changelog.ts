/** A version's part of CHANGELOG.md, which has the format of keepachangelog.com. */
export interface Release {
  readonly version: string
  /** As YYYY-MM-DD. */
  readonly date: string
  readonly changes: readonly string[]
}

/** Returns the releases in a changelog, newest first, without the changes that are not released yet. */
export function readChangelog(text: string): readonly Release[] {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [, version, date] = /^\[?([^\]\s]+)\]? - (\d{4}-\d{2}-\d{2})\n/.exec(part) ?? []
      return version === undefined || date === undefined ? [] : [{ version, date, changes: changesOf(part) }]
    })
}

/** Returns each entry of a list as one line. */
function changesOf(part: string): readonly string[] {
  return part
    .split(/^- /m)
    .slice(1)
    .map((entry) => (entry.split(/\n(?:\n|#)/)[0] ?? '').replaceAll(/\s+/g, ' ').trim())
}
