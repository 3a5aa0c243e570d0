import { describe, expect, test } from 'vitest'
import {
  choiceOfValue,
  gainsOfChoice,
  presetWith,
  removePreset,
  renamePreset,
  savePreset,
  valueOfChoice,
} from '../../../renderer/settings/sound/equalizer-presets.ts'
import { builtInPresets, flatGains } from '../../../shared/sound/equalizer.ts'

const mine = { name: 'Mine', gains: flatGains.with(2, 5) }
const attic = { name: 'Attic', gains: flatGains.with(3, -5) }

describe('the presets of the equaliser', () => {
  test('are recognized by their gains, the user’s own first', () => {
    expect(presetWith(flatGains, [mine])).toEqual({ kind: 'builtIn', id: 'flat' })
    expect(presetWith(mine.gains, [mine])).toEqual({ kind: 'own', name: 'Mine' })
    expect(presetWith(flatGains, [{ name: 'Level', gains: flatGains }])).toEqual({
      kind: 'own',
      name: 'Level',
    })
    expect(presetWith(flatGains.with(0, 1), [mine])).toEqual({ kind: 'custom' })
  })

  test('have their gains', () => {
    expect(gainsOfChoice({ kind: 'builtIn', id: 'speech' }, [])).toEqual(builtInPresets.speech)
    expect(gainsOfChoice({ kind: 'own', name: 'Mine' }, [mine])).toEqual(mine.gains)
    expect(gainsOfChoice({ kind: 'own', name: 'Gone' }, [mine])).toBeUndefined()
    expect(gainsOfChoice({ kind: 'custom' }, [mine])).toBeUndefined()
  })

  test.each(['Mine', 'own', 'built-in:flat', 'custom', 'a b'])(
    'keep the name %s in a list of choices',
    (name) => {
      const choice = { kind: 'own', name } as const
      expect(choiceOfValue(valueOfChoice(choice))).toEqual(choice)
    },
  )

  test('of the application keep their identity in a list of choices', () => {
    expect(choiceOfValue(valueOfChoice({ kind: 'builtIn', id: 'bassBoost' }))).toEqual({
      kind: 'builtIn',
      id: 'bassBoost',
    })
    expect(choiceOfValue(valueOfChoice({ kind: 'custom' }))).toEqual({ kind: 'custom' })
  })

  test('are saved by name, sorted, and replaced by another one with the same name', () => {
    expect(savePreset([mine], attic)).toEqual([attic, mine])
    const changed = { ...mine, gains: flatGains.with(0, 1) }
    expect(savePreset([attic, mine], changed)).toEqual([attic, changed])
  })

  test('are renamed and removed', () => {
    expect(renamePreset([attic, mine], 'Mine', 'A new name')).toEqual([
      { ...mine, name: 'A new name' },
      attic,
    ])
    expect(renamePreset([attic, mine], 'Mine', 'Attic')).toEqual([{ ...mine, name: 'Attic' }])
    expect(renamePreset([attic, mine], 'Mine', 'Mine')).toEqual([attic, mine])
    expect(renamePreset([attic], 'Gone', 'Mine')).toEqual([attic])
    expect(removePreset([attic, mine], 'Attic')).toEqual([mine])
  })
})
