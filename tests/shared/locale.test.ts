import { expect, test } from 'vitest'
import type { Locale } from '../../shared/i18n/runtime.js'
import { currentLocale, matchLocale, selectLocale } from '../../shared/locale.ts'

// Catalogues that may be added; today there is one.
const available = ['en', 'de', 'pt-BR'] as Locale[]

test('the first preferred language that has a catalogue is selected', () => {
  expect(matchLocale(['fr-FR', 'de-AT', 'en'], available)).toBe('de')
  expect(matchLocale(['pt-br', 'de'], available)).toBe('pt-BR')
  expect(matchLocale(['DE'], available)).toBe('de')
})

test('English is selected if no preferred language has a catalogue', () => {
  expect(matchLocale(['fr', 'pt-PT'], available)).toBe('en')
  expect(matchLocale([], available)).toBe('en')
  selectLocale(['xx'])
  expect(currentLocale()).toBe('en')
})
