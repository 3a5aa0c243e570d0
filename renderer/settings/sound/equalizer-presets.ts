import {
  type BuiltInPreset,
  builtInPresetIds,
  builtInPresets,
  type EqualizerPreset,
  haveSameGains,
} from '../../../shared/sound/equalizer.ts'

/** A preset in the list. `custom`: the gains are those of no preset. */
export type PresetChoice =
  | { readonly kind: 'custom' }
  | { readonly kind: 'builtIn'; readonly id: BuiltInPreset }
  | { readonly kind: 'own'; readonly name: string }

/** Returns the preset that has these gains. The user's own come first. */
export function presetWith(gains: readonly number[], presets: readonly EqualizerPreset[]): PresetChoice {
  const own = presets.find((preset) => haveSameGains(preset.gains, gains))
  if (own !== undefined) return { kind: 'own', name: own.name }
  const id = builtInPresetIds.find((known) => haveSameGains(builtInPresets[known], gains))
  return id === undefined ? { kind: 'custom' } : { kind: 'builtIn', id }
}

/** Returns the gains of a choice; undefined if there are none. */
export function gainsOfChoice(
  choice: PresetChoice,
  presets: readonly EqualizerPreset[],
): readonly number[] | undefined {
  if (choice.kind === 'builtIn') return builtInPresets[choice.id]
  return choice.kind === 'own' ? presets.find(({ name }) => name === choice.name)?.gains : undefined
}

/** The value of a choice in a select element, and back. */
export const valueOfChoice = (choice: PresetChoice): string =>
  choice.kind === 'custom'
    ? 'custom'
    : choice.kind === 'builtIn'
      ? `built-in:${choice.id}`
      : `own:${choice.name}`

export function choiceOfValue(value: string): PresetChoice {
  if (value.startsWith('own:')) return { kind: 'own', name: value.slice('own:'.length) }
  const id = builtInPresetIds.find((known) => value === `built-in:${known}`)
  return id === undefined ? { kind: 'custom' } : { kind: 'builtIn', id }
}

/** Adds a preset, or replaces the one with this name. The presets are sorted by name. */
export function savePreset(
  presets: readonly EqualizerPreset[],
  preset: EqualizerPreset,
): readonly EqualizerPreset[] {
  return [...removePreset(presets, preset.name), preset].sort((a, b) => a.name.localeCompare(b.name))
}

export const removePreset = (presets: readonly EqualizerPreset[], name: string): readonly EqualizerPreset[] =>
  presets.filter((preset) => preset.name !== name)

/** Gives a preset another name. A preset that has that name already is replaced. */
export function renamePreset(
  presets: readonly EqualizerPreset[],
  from: string,
  to: string,
): readonly EqualizerPreset[] {
  const preset = presets.find(({ name }) => name === from)
  return preset === undefined ? presets : savePreset(removePreset(presets, from), { ...preset, name: to })
}
