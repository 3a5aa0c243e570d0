// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the planted sources hold templates
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { except } from './checks/except.ts'
import { unisolatedNames } from './checks/isolated-names.ts'
import { missingKeys, unusedKeys } from './checks/message-keys.ts'
import { textLiterals } from './checks/text-literals.ts'
import { textsOutsideCatalogue } from './checks/visible-texts.ts'
import { isolationExceptions, sameTextExceptions, textExceptions, unusedKeyExceptions } from './exceptions.ts'
import { planted } from './planted.ts'
import { readSourceFiles, root } from './source-files.ts'

type Variant = { declarations?: string[]; selectors?: string[]; match: Record<string, string> }
type Message = string | readonly Variant[]
type Catalogue = Readonly<Record<string, Message>>

const baseLocale = 'en'
const locales = readdirSync(`${root}messages`)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''))
const base = readCatalogue(baseLocale)
const sources = readSourceFiles('electron', 'renderer', 'shared')
/** The starter prints texts for a person too. */
const sourcesWithStarter = [...sources, ...readSourceFiles('scripts')]
const visible = sources.filter((file) => !file.path.startsWith('shared/'))
const outsidePackage = sources.filter((file) => !file.path.startsWith('shared/threading/'))

function readCatalogue(locale: string): Catalogue {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(`${root}messages/${locale}.json`, 'utf8'))
  return messages
}

const textsOf = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match))

const parametersOf = (message: Message | undefined): readonly string[] =>
  [...new Set(textsOf(message ?? []).flatMap((text) => text.match(/(?<!\\)\{[^}]+\}/g) ?? []))].sort()

/** Returns the plural forms that a message lacks in a language, as `key: form`. */
function missingForms(catalogue: Catalogue, locale: string): readonly string[] {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  return Object.entries(catalogue).flatMap(([key, message]) => {
    if (typeof message === 'string') return []
    return message.flatMap((variant) => {
      const names = (variant.declarations ?? []).flatMap((line) => {
        const [, name] = /^local (\w+) = \w+: plural/.exec(line) ?? []
        return name ? [name] : []
      })
      const cases = Object.keys(variant.match).map((match) => match.split(',').map((part) => part.trim()))
      const covers = (name: string, form: string): boolean =>
        cases.some((parts) => parts.includes(`${name}=${form}`) || parts.includes(`${name}=*`))
      return names.flatMap((name) =>
        forms.filter((form) => !covers(name, form)).map((form) => `${key}: ${form}`),
      )
    })
  })
}

describe('a text for a person', () => {
  it('is in the message catalogue', () => {
    expect(except(textsOutsideCatalogue(visible), textExceptions)).toEqual([])
    expect(except(textLiterals(outsidePackage), textExceptions)).toEqual([])
  })

  it.each([
    ['renderer/a.tsx', 'const a = <p>Hello there</p>'],
    ['renderer/a.tsx', "const a = <p>{'Hello there'}</p>"],
    ['renderer/a.tsx', "const a = <p>{ready ? 'Hello there' : undefined}</p>"],
    ['renderer/a.tsx', 'const a = <button aria-label="Hello there" />'],
    ['renderer/a.tsx', 'const a = <button title={`Hello there`} />'],
    ['renderer/a.tsx', "const a = <Slider label={muted ? 'Hello there' : m.b()} />"],
    ['renderer/a.ts', "const a = { label: 'Hello there' }"],
    ['electron/window/a.ts', "const menu = [{ label: 'Hello there' }]"],
    ['electron/window/a.ts', "show({ message: 'Hello there', buttons: [m.close()] })"],
    ['electron/window/a.ts', "show({ buttons: ['Hello there'] })"],
  ])('is found outside of it: %s with %s', (path, text) => {
    expect(textsOutsideCatalogue(planted({ [path]: text }))).toHaveLength(1)
  })

  it.each([
    [
      'renderer/a.tsx',
      'const a = <p className="hello" aria-label={m.player_play()}>{m.player_pause()} · 3 %</p>',
    ],
    ['renderer/a.tsx', 'const a = <p>Skein</p>'],
    ['renderer/a.ts', "throw new Error('Hello there')"],
    ['electron/host/a.ts', "const answer = { message: 'Hello there' }"],
  ])('may be a name or a text for developers: %s with %s', (path, text) => {
    expect(textsOutsideCatalogue(planted({ [path]: text }))).toEqual([])
  })
})

describe('a name in a sentence', () => {
  it('is isolated', () => {
    expect(except(unisolatedNames(sourcesWithStarter), isolationExceptions)).toEqual([])
  })

  it.each([
    'm.a_b({ path })',
    'm.a_b({ path: displayPath(path) })',
    'm.a_b({ title: track.title })',
    'm.a_b({ name: isKnown ? isolate(name) : name })',
    'm.a_b({ name: name ?? isolate(other) })',
    'const path = displayPath(file); m.a_b({ path })',
    'const path = isolate(file); const b = (path) => { const path = c; return m.a_b({ path }) }',
    'm.a_b({ reason: m.c_d({ artist }) })',
  ])('is found if it is not: %s', (text) => {
    expect(unisolatedNames(planted({ 'renderer/a.ts': text }))).toHaveLength(1)
  })

  it.each([
    ['renderer/a.ts', 'm.a_b({ path: isolate(path), count, title: joinIsolated(titles) })'],
    ['renderer/a.ts', "const path = isolate(file); m.a_b({ path, name: 'skein', error: m.c_d() })"],
    ['renderer/a.ts', 'm.a_b({ name: isKnown ? isolate(name) : m.c_d() }); n.a_b({ path })'],
    ['renderer/threads-view/a.ts', 'm.a_b({ name: thread.name })'],
  ])('may be a text of the program: %s with %s', (path, text) => {
    expect(unisolatedNames(planted({ [path]: text }))).toEqual([])
  })
})

/** Returns the keys of messages that have the same text, as `key, key`. */
function repeatedTexts(catalogue: Catalogue): readonly string[] {
  const groups = Object.groupBy(Object.keys(catalogue), (key) => JSON.stringify(catalogue[key]))
  return Object.values(groups).flatMap((keys = []) => (keys.length > 1 ? [keys.sort().join(', ')] : []))
}

describe('a string that reads like a text for a person', () => {
  it.each([
    ['renderer/a.ts', "const a = () => 'Nobody waits for it.'"],
    ['renderer/a.ts', "const a = b ? 'no timeout' : c"],
    ['renderer/a.ts', 'const a = `${count} items`'],
    ['renderer/a.ts', 'const a = `held by ${name}`'],
    ['renderer/a.ts', 'const a = `${name}, which waits`'],
    ['renderer/a.ts', "const a = ['Thread', 'What']"],
    ['renderer/a.ts', "useWindow.setState({ failure: 'It failed' })"],
    ['renderer/a.ts', "list.add('Nothing yet')"],
    ['renderer/a.ts', "cell.setWithTitle(text, 'Zoom in to see each one')"],
    ['renderer/a.tsx', 'const a = <FailureBoundary title={b} what="This view stopped" />'],
    ['renderer/a.tsx', "const a = <IconButton name={playing ? 'Pause' : m.player_play()} />"],
    ['shared/player/a.ts', "failTrack(transition, 'No sound came for 10 seconds.')"],
    ['electron/web/a.ts', "textResponse(404, 'There is no such page.')"],
    ['electron/host/a.ts', "throw new UserError('There is no such folder.')"],
    ['electron/host/a.ts', 'events.publishFailure(`The scan of ${folder} ended early.`)'],
    ['electron/lifecycle/a.ts', "printAndExit('Skein is already running.')"],
  ])('is found outside of the catalogue: %s with %s', (path, text) => {
    expect(textLiterals(planted({ [path]: text }))).toHaveLength(1)
  })

  it.each([
    ['renderer/a.ts', "import a from './Some Thing.ts'"],
    ['renderer/a.ts', "type A = 'Timed waiting' | 'New One'"],
    ['renderer/a.ts', "if (state === 'Not recorded') throw new Error('Hello there')"],
    ['renderer/a.ts', "console.error('The thread ended', `thread ${name} ended`)"],
    ['renderer/a.ts', "const a = root.querySelector('tbody button')"],
    ['renderer/a.ts', "context.font = '12px Some Font'; line.style.transform = `translate(${x}px, ${y}px)`"],
    ['renderer/a.ts', "const a = { shape: 'M4 .5L8 7.5H0z', state: 'Blocked', 'Some key': 1 }"],
    ['renderer/a.ts', 'const a = `${ms} ms`, b = `${process} ${id}`, c = `Skein ${version}`'],
    ['renderer/a.ts', "const a = new Lock({ name: 'scan board' })"],
    ['renderer/a.tsx', 'const a = <p className="one two" data-part="Some part">{m.player_pause()}</p>'],
    ['electron/a.ts', "logExit('its window was closed'); writeLog('Start failed.', 'It could not start.')"],
    ['electron/a.ts', "const a = { 'Cache-Control': 'private, no-cache', b: 'Application Support' }"],
  ])('may be for developers, for the browser or a name: %s with %s', (path, text) => {
    expect(textLiterals(planted({ [path]: text }))).toEqual([])
  })
})

describe('a key of the catalogue', () => {
  it('is used by a source', () => {
    expect(except(unusedKeys(sourcesWithStarter, Object.keys(base)), unusedKeyExceptions)).toEqual([])
  })

  it('is the only one with its text, unless the text has two meanings', () => {
    expect(except(repeatedTexts(base), sameTextExceptions)).toEqual([])
    expect(repeatedTexts({ b_close: 'Close', a_close: 'Close', a_open: 'Open' })).toEqual([
      'a_close, b_close',
    ])
  })

  it('exists for every use', () => {
    expect(missingKeys(sourcesWithStarter, Object.keys(base))).toEqual([])
  })

  it('is reported if it is unused or missing', () => {
    const files = planted({ 'renderer/a.ts': 'm.a_used(); m.a_missing(); n.a_other()' })
    expect(unusedKeys(files, ['a_used', 'a_unused'])).toEqual(['a_unused'])
    expect(missingKeys(files, ['a_used', 'a_unused'])).toEqual(['a_missing'])
  })
})

describe.each(locales)('the catalogue %s', (locale) => {
  const catalogue = readCatalogue(locale)

  it('has the keys and parameters of the base catalogue', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(base).sort())
    for (const key of Object.keys(base))
      expect([key, ...parametersOf(catalogue[key])]).toEqual([key, ...parametersOf(base[key])])
  })

  it('has a text for every plural form of its language', () => {
    expect(missingForms(catalogue, locale)).toEqual([])
  })
})

describe('a plural', () => {
  it('is reported if it lacks a form of its language', () => {
    const message = [
      {
        declarations: ['input count', 'local countPlural = count: plural'],
        selectors: ['countPlural'],
        match: { 'countPlural=one': '{count} track' },
      },
    ]
    expect(missingForms({ tracks_count: message }, 'en')).toEqual(['tracks_count: other'])
  })
})
