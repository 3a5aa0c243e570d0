type Group = Record<string, string>

/** The groups of a desktop entry (freedesktop.org's Desktop Entry Specification). */
export interface DesktopEntry {
  readonly main: Group
  /** The groups of its actions, by the actions' names. */
  readonly actions: Record<string, Group>
}

export function readDesktopEntry(text: string): DesktopEntry {
  const main: Group = {}
  const actions: Record<string, Group> = {}
  let group: Group | undefined
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const action = /^\[Desktop Action (.+)\]$/.exec(line)?.[1]
    const equals = line.indexOf('=')
    if (line === '[Desktop Entry]') group = main
    else if (action !== undefined) group = actions[action] = {}
    else if (group !== undefined && equals > 0) group[line.slice(0, equals)] = line.slice(equals + 1)
    else throw new Error(`This line does not belong in a desktop entry: ${line}`)
  }
  return { main, actions }
}

/** Splits a value that is a list. */
export const parseList = (value: string | undefined): readonly string[] =>
  (value ?? '').split(';').filter((member) => member !== '')
