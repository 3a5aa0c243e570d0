import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../electron/storage/data-folder.ts'
import { SettingsFile } from '../../../electron/storage/settings-file.ts'
import { defaultSettings } from '../../../shared/host-api.ts'
import { scratchFolder } from '../scratch.ts'

const changed = { ...defaultSettings, volume: 0.25, shuffle: true, repeat: 'one', theme: 'dark' } as const

function settingsIn(folder: string) {
  const failures: string[] = []
  const path = join(folder, 'settings.json')
  return { path, failures, file: new SettingsFile(path, (message) => failures.push(message)) }
}

describe('settings', () => {
  test('are the defaults at the first start, without a warning', async () => {
    const { file, failures } = settingsIn(join(scratchFolder(), 'not there yet'))
    expect(await file.read()).toEqual({ settings: defaultSettings, library: undefined })
    expect(failures).toEqual([])
  })

  test('are restored at the next start, including the library', async () => {
    const folder = join(scratchFolder(), 'new', 'folder')
    const remembered = { settings: changed, library: { kind: 'folder', folder: '/music/ü "x"' } } as const
    await settingsIn(folder).file.change(remembered)
    expect(await settingsIn(folder).file.read()).toEqual(remembered)
  })

  test('keep the last of many changes, and leave no other file behind', async () => {
    const { file, path } = settingsIn(scratchFolder())
    const changes = Array.from({ length: 50 }, (_, index) => ({ ...changed, volume: index / 50 }))
    await Promise.all(changes.map((settings) => file.change({ settings })))
    expect(JSON.parse(readFileSync(path, 'utf8')).settings.volume).toBe(49 / 50)
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json'])
  })

  test.each(['', '{', 'null', '"text"', '\u0000\u0001'])(
    'that are no settings (%j) are told and replaced',
    async (text) => {
      const { file, path, failures } = settingsIn(scratchFolder())
      writeFileSync(path, text)
      expect(await file.read()).toEqual({ settings: defaultSettings, library: undefined })
      expect(failures).toEqual([`The settings in ${path} could not be read. Skein starts with its defaults.`])
      await file.change({ settings: changed })
      expect(JSON.parse(readFileSync(path, 'utf8')).settings).toEqual(changed)
    },
  )

  test('that are partly invalid keep the rest', async () => {
    const { file, path, failures } = settingsIn(scratchFolder())
    const wrong = {
      settings: { ...changed, volume: 'loud', repeat: 'twice', more: 1 },
      library: { kind: 'folder', folder: 7 },
    }
    writeFileSync(path, JSON.stringify(wrong))
    expect(await file.read()).toEqual({
      settings: { ...changed, volume: defaultSettings.volume, repeat: defaultSettings.repeat },
      library: undefined,
    })
    expect(failures).toEqual([])
  })

  test('that cannot be written stay in memory until the end, and that is reported once', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'a file'), '')
    const { file, failures } = settingsIn(join(folder, 'a file', 'below'))
    await file.change({ settings: changed })
    await file.change({ settings: { ...changed, muted: true } })
    expect(file.state.settings.muted).toBe(true)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(/^The settings cannot be saved in .+: they last until Skein is closed\.$/)
  })

  test('of a newer Skein are read as far as possible, and never overwritten', async () => {
    const folder = scratchFolder()
    const { file, path, failures } = settingsIn(folder)
    const text = JSON.stringify({ version: 2, settings: { ...changed, repeat: 'backwards' }, queue: [1, 2] })
    writeFileSync(path, text)
    expect((await file.read()).settings).toEqual({ ...changed, repeat: 'off' })
    file.checkWritable()
    await file.change({ settings: { ...changed, muted: true } })
    expect(file.state.settings.muted).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(readdirSync(folder)).toEqual(['settings.json'])
    expect(failures).toEqual([
      'These settings are from a newer Skein: changes last until this one is closed.',
    ])
  })

  test('in an unwritable folder are reported before the first change, with the reason', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'a file'), '')
    const { file, failures } = settingsIn(join(folder, 'a file'))
    file.checkWritable()
    await file.change({ settings: changed })
    expect(failures).toEqual([
      `The settings cannot be saved in ${join(folder, 'a file')} (a file is in its place): they last until Skein is closed.`,
    ])
  })

  test('in a writable folder leave no file of the check behind', () => {
    const folder = scratchFolder()
    const { file, failures } = settingsIn(folder)
    file.checkWritable()
    expect(failures).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('with a folder in place of the file leave it unchanged', async () => {
    const { file, path, failures } = settingsIn(scratchFolder())
    mkdirSync(path)
    expect((await file.read()).settings).toEqual(defaultSettings)
    await file.change({ settings: changed })
    expect(failures).toHaveLength(2)
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json'])
  })
})

describe('the data folder', () => {
  test('is SKEIN_DATA_DIR if that is set', () => {
    expect(dataFolder({ SKEIN_DATA_DIR: '/somewhere/else' })).toBe('/somewhere/else')
  })

  test.runIf(process.platform === 'linux')('is in the place that XDG names, else in the home folder', () => {
    expect(dataFolder({ XDG_DATA_HOME: '/xdg' })).toBe('/xdg/skein')
    expect(dataFolder({})).toMatch(/\/\.local\/share\/skein$/)
  })
})
