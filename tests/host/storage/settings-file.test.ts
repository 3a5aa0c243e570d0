import { execFile } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../electron/storage/data-folder.ts'
import { LogFile } from '../../../electron/storage/log-file.ts'
import { SettingsFile } from '../../../electron/storage/settings-file.ts'
import type { SavedState } from '../../../electron/storage/settings-format.ts'
import { defaultSettings } from '../../../shared/host-api.ts'
import { flatGains } from '../../../shared/sound/equalizer.ts'
import { canForbidWriting, canMount, readOnlyFolder, scratchFolder, smallDisk } from '../scratch.ts'

const changed = { ...defaultSettings, volume: 0.25, shuffle: true, repeat: 'one', theme: 'dark' } as const

function settingsIn(folder: string) {
  const failures: string[] = []
  const path = join(folder, 'settings.json')
  return { path, failures, file: new SettingsFile(path, (message) => failures.push(message)) }
}

describe('settings', () => {
  test('are the defaults the first time, and nothing is reported', async () => {
    const { file, failures } = settingsIn(join(scratchFolder(), 'not there yet'))
    expect(await file.read()).toEqual({ settings: defaultSettings, library: undefined })
    expect(failures).toEqual([])
  })

  test('are there again at the next start, and with them the library', async () => {
    const folder = join(scratchFolder(), 'new', 'folder')
    const remembered = { settings: changed, library: { kind: 'folder', folder: '/music/ü "x"' } } as const
    await settingsIn(folder).file.change(remembered)
    expect(await settingsIn(folder).file.read()).toEqual(remembered)
  })

  test('of many simultaneous changes the last one stays, and no other file is left behind', async () => {
    const { file, path } = settingsIn(scratchFolder())
    const changes = Array.from({ length: 50 }, (_, index) => ({ ...changed, volume: index / 50 }))
    await Promise.all(changes.map((settings) => file.change({ settings })))
    expect(JSON.parse(readFileSync(path, 'utf8')).settings.volume).toBe(49 / 50)
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json'])
  })

  test.each(['', '{', '{"version": 1, "sett', 'null', '[]', '"text"', '7', '\u0000\u0001'])(
    'that are no settings (%j) are reported, kept beside, and replaced',
    async (text) => {
      const { file, path, failures } = settingsIn(scratchFolder())
      writeFileSync(path, text)
      expect(await file.read()).toEqual({ settings: defaultSettings, library: undefined })
      expect(failures).toEqual([
        `The settings in ${path} are damaged. Skein starts with its defaults and keeps the damaged file as settings.json.broken.`,
      ])
      await file.change({ settings: changed })
      expect(JSON.parse(readFileSync(path, 'utf8')).settings).toEqual(changed)
      expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text)
    },
  )

  test('that are wrong in part keep the rest', async () => {
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

  test('of the sound that are wrong in part keep the rest', async () => {
    const { file, path } = settingsIn(scratchFolder())
    const gains = flatGains.with(0, 3)
    const sound = {
      ...defaultSettings.sound,
      crossfade: 4,
      speed: 7,
      balance: 'left',
      outputDevice: { id: 3 },
      equalizer: {
        isEnabled: true,
        gains: [1],
        presets: [{ name: 'Mine', gains }, { name: '', gains }, 'x', { name: 'Short', gains: [0] }],
      },
    }
    writeFileSync(path, JSON.stringify({ settings: { ...changed, sound } }))
    expect((await file.read()).settings).toEqual({
      ...changed,
      sound: {
        ...defaultSettings.sound,
        crossfade: 4,
        equalizer: { isEnabled: true, gains: flatGains, presets: [{ name: 'Mine', gains }] },
      },
    })
  })

  test('that cannot be written last until the end, and that is reported once', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'a file'), '')
    const { file, failures } = settingsIn(join(folder, 'a file', 'below'))
    await file.change({ settings: changed })
    await file.change({ settings: { ...changed, muted: true } })
    expect(file.state.settings.muted).toBe(true)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(
      /^The settings and the library cannot be saved in \S+.*\. Changes last until Skein is closed\.$/,
    )
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

  test('whose folder cannot be written are reported before anything changes, with the reason', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'a file'), '')
    const { file, failures } = settingsIn(join(folder, 'a file'))
    expect(await file.read()).toEqual({ settings: defaultSettings, library: undefined })
    file.checkWritable()
    await file.change({ settings: changed })
    expect(failures).toEqual([
      `The settings and the library cannot be saved in ${join(folder, 'a file')}, because a file has this name. Changes last until Skein is closed.`,
    ])
  })

  test('whose folder can be written leave no trace of the check', () => {
    const folder = scratchFolder()
    const { file, failures } = settingsIn(folder)
    file.checkWritable()
    expect(failures).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link to itself', (path: string) => symlinkSync(path, path)],
  ])('that cannot be read (%s) are reported once, and never overwritten', async (_what, put) => {
    const { file, path, failures } = settingsIn(scratchFolder())
    put(path)
    const before = lstatSync(path)
    expect((await file.read()).settings).toEqual(defaultSettings)
    file.checkWritable()
    await file.change({ settings: changed })
    expect(file.state.settings).toEqual(changed)
    expect(failures).toEqual([
      expect.stringMatching(/could not be read \((EISDIR|ELOOP)\).*Changes last until Skein is closed\.$/),
    ])
    expect(lstatSync(path)).toMatchObject({ ino: before.ino, mode: before.mode })
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json'])
  })

  test('that become damaged while Skein runs are kept beside', async () => {
    const { file, path } = settingsIn(scratchFolder())
    await file.change({ settings: changed, library: { kind: 'demo' } })
    writeFileSync(path, '{"version": 1, "sett')
    await file.change({ settings: { ...changed, muted: true } })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      settings: { ...changed, muted: true },
      library: { kind: 'demo' },
    })
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe('{"version": 1, "sett')
  })
})

/** Resolves when a write has begun and is not finished. */
async function writeInProgress(path: string): Promise<void> {
  while (!existsSync(`${path}.${process.pid}.new`)) await setImmediate()
}

describe('a save', () => {
  test('from two processes at once leaves the settings of one of them, complete', async () => {
    const folder = scratchFolder()
    const { file, path, failures } = settingsIn(folder)
    const program = fileURLToPath(new URL('./save-repeatedly.ts', import.meta.url))
    const save = promisify(execFile)
    const outputs = await Promise.all(
      ['0.1', '0.9'].map((volume) => save(process.execPath, [program, path, volume])),
    )
    expect(outputs.map(({ stdout }) => stdout)).toEqual(['', ''])
    const { settings, session } = await file.read()
    expect([0.1, 0.9]).toContain(settings.volume)
    expect(session?.queue).toHaveLength(5000)
    expect(failures).toEqual([])
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  test('that begins while another runs is on disk when `settled` resolves', async () => {
    const { file, path } = settingsIn(scratchFolder())
    void file.change({ settings: { ...changed, volume: 0.1 } })
    await writeInProgress(path)
    void file.change({ settings: changed })
    await file.settled()
    expect(JSON.parse(readFileSync(path, 'utf8')).settings).toEqual(changed)
  })

  test('that a crash cuts short leaves the former settings, and the next start removes what it left', async () => {
    const folder = scratchFolder()
    const { file, path } = settingsIn(folder)
    await file.change({ settings: changed })
    writeFileSync(`${path}.99999999.new`, '{"version": 1, "sett')
    for (const name of ['.probe-99999999', 'hand-over-99999999.json']) writeFileSync(join(folder, name), '')
    const ofRunningHost = `settings.json.${process.ppid}.new`
    writeFileSync(join(folder, ofRunningHost), '{"version": 1, "sett')
    const next = settingsIn(folder)
    expect((await next.file.read()).settings).toEqual(changed)
    expect(next.failures).toEqual([])
    expect(readdirSync(folder)).toEqual(['settings.json', ofRunningHost])
  })

  test('that fails is reported once, and again after one that succeeded', async () => {
    const folder = scratchFolder()
    const { file, path, failures } = settingsIn(folder)
    const blocked = `${path}.${process.pid}.new`
    const reports: number[] = []
    for (const isBlocked of [true, true, false, true]) {
      if (isBlocked) mkdirSync(join(blocked, 'full'), { recursive: true })
      else rmSync(blocked, { recursive: true })
      await file.change({ settings: changed })
      reports.push(failures.length)
    }
    expect(reports).toEqual([1, 1, 1, 2])
    expect(JSON.parse(readFileSync(path, 'utf8')).settings).toEqual(changed)
  })

  test.runIf(canMount)('on a full disk keeps the former settings, and names the reason', async () => {
    const folder = smallDisk(64)
    const { file, path, failures } = settingsIn(folder)
    await file.change({ settings: changed })
    expect(() => writeFileSync(join(folder, 'much'), Buffer.alloc(128 * 1024))).toThrow('ENOSPC')
    const long = Array.from({ length: 1000 }, (_, index) => `/music/${index}.mp3`)
    await file.change({ session: { position: 0, queue: long } })
    expect(failures).toEqual([
      `The settings and the library cannot be saved in ${folder}, because there is no space left. Changes last until Skein is closed.`,
    ])
    expect(JSON.parse(readFileSync(path, 'utf8')).settings).toEqual(changed)
    expect(readdirSync(folder).sort()).toEqual(['much', 'settings.json'])
  })

  test.runIf(canForbidWriting)('in a read-only folder is reported before anything changes', async () => {
    const folder = readOnlyFolder()
    const { file, failures } = settingsIn(folder)
    file.checkWritable()
    await file.change({ settings: changed })
    expect(failures).toEqual([
      `The settings and the library cannot be saved in ${folder}, because Skein has no permission to write there. Changes last until Skein is closed.`,
    ])
  })
})

describe('two hosts on one data folder', () => {
  const session = { file: '/a.mp3', position: 1.5, queue: ['/b.mp3'] }
  const window = { x: 1, y: 2, width: 800, height: 600, state: 'normal' } as const
  const library = { kind: 'demo' } as const
  const dark = { ...defaultSettings, theme: 'dark' } as const

  test.each<[string, Partial<SavedState>, Partial<SavedState>, object]>([
    ['theme, session', { settings: dark }, { session }, { settings: dark, session }],
    ['session, theme', { session }, { settings: dark }, { settings: dark, session }],
    ['window, library', { window }, { library }, { window, library }],
    ['library, window', { library }, { window }, { window, library }],
    [
      'theme, volume',
      { settings: dark },
      { settings: { ...defaultSettings, volume: 0.5 } },
      { settings: { ...dark, volume: 0.5 } },
    ],
  ])('keep what the other changed (%s)', async (_what, ofOne, ofOther, expected) => {
    const folder = scratchFolder()
    const one = settingsIn(folder)
    const other = settingsIn(folder)
    await one.file.change({})
    await Promise.all([one.file.read(), other.file.read()])
    await one.file.change(ofOne)
    await other.file.change(ofOther)
    await one.file.change({})
    expect(JSON.parse(readFileSync(one.path, 'utf8'))).toMatchObject(expected)
    expect([...one.failures, ...other.failures]).toEqual([])
  })

  test('keep what the other changed even while both save', async () => {
    const folder = scratchFolder()
    const one = settingsIn(folder)
    const other = settingsIn(folder)
    await one.file.change({})
    await Promise.all([one.file.read(), other.file.read()])
    for (let round = 1; round <= 20; round++) {
      const volume = round / 100
      await Promise.all([
        one.file.change({ settings: { ...defaultSettings, volume } }),
        other.file.change({ session: { ...session, position: round } }),
      ])
      const saved = JSON.parse(readFileSync(one.path, 'utf8'))
      expect([saved.settings.volume, saved.session.position]).toEqual([volume, round])
    }
  })

  test('leave a newer Skein its settings, even one that came later', async () => {
    const { file, path, failures } = settingsIn(scratchFolder())
    await file.change({ settings: changed })
    const newer = JSON.stringify({ version: 2, settings: changed })
    writeFileSync(path, newer)
    await file.change({ settings: defaultSettings })
    expect(readFileSync(path, 'utf8')).toBe(newer)
    expect(failures).toEqual([
      'These settings are from a newer Skein: changes last until this one is closed.',
    ])
  })
})

describe('a file of an older Skein', () => {
  test.each([
    [{ settings: changed }, { settings: changed, library: undefined }],
    [
      { version: 0, settings: changed, library: { kind: 'demo' } },
      { settings: changed, library: { kind: 'demo' } },
    ],
    [
      { version: 1, settings: { volume: 0.25 } },
      { settings: { ...defaultSettings, volume: 0.25 }, library: undefined },
    ],
    [
      { version: 1, library: { kind: 'demo' } },
      { settings: defaultSettings, library: { kind: 'demo' } },
    ],
    [
      { version: 'one', settings: changed },
      { settings: changed, library: undefined },
    ],
  ])('(%j) is read, and saved in the present format', async (content, expected) => {
    const { file, path, failures } = settingsIn(scratchFolder())
    writeFileSync(path, JSON.stringify(content))
    expect(await file.read()).toEqual(expected)
    await file.change({})
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 1, ...expected })
    expect(failures).toEqual([])
  })
})

describe('the session and the bounds in the file', () => {
  const session = { file: '/a.mp3', position: 1.5, queue: ['/b.mp3'] }
  const bounds = { x: -5, y: 0, width: 800, height: 600, state: 'normal' } as const

  test('are there again at the next start', async () => {
    const folder = scratchFolder()
    await settingsIn(folder).file.change({ session, window: bounds })
    expect(await settingsIn(folder).file.read()).toMatchObject({ session, window: bounds })
  })

  test.each([
    ['file', { ...session, file: 7 }, { ...session, file: undefined }],
    ['file', { ...session, file: '' }, { ...session, file: undefined }],
    ['position', { ...session, position: -1 }, { ...session, position: 0 }],
    ['position', { ...session, position: null }, { ...session, position: 0 }],
    ['position', { ...session, position: 'start' }, { ...session, position: 0 }],
    ['position', { file: '/a.mp3', queue: ['/b.mp3'] }, { ...session, position: 0 }],
    ['queue', { ...session, queue: 'all' }, { ...session, queue: [] }],
    ['entry of the queue', { ...session, queue: [1, '/b.mp3', ''] }, session],
    ['session', 'session', undefined],
    ['session', null, undefined],
  ])('lose only what is wrong (the %s of %j)', async (_what, wrong, expected) => {
    const { file, path, failures } = settingsIn(scratchFolder())
    writeFileSync(path, JSON.stringify({ version: 1, settings: changed, session: wrong, window: bounds }))
    const state = await file.read()
    expect([state.session, state.window, state.settings, failures]).toEqual([expected, bounds, changed, []])
  })

  test.each([
    [
      { ...bounds, x: '0' },
      { ...bounds, x: undefined },
    ],
    [{ ...bounds, state: 'minimized' }, bounds],
  ])('lose only what is wrong in the bounds (%j)', async (wrong, expected) => {
    const { file, path } = settingsIn(scratchFolder())
    writeFileSync(path, JSON.stringify({ version: 1, settings: changed, session, window: wrong }))
    const state = await file.read()
    expect([state.session, state.window]).toEqual([session, expected])
  })

  test.each([{ ...bounds, width: 0 }, { ...bounds, height: 0.5 }, { x: 1, y: 1 }, []])(
    '(bounds %j) are ignored if they are wrong, and only they',
    async (wrong) => {
      const { file, path } = settingsIn(scratchFolder())
      writeFileSync(path, JSON.stringify({ version: 1, settings: changed, session, window: wrong }))
      const state = await file.read()
      expect([state.session, state.window]).toEqual([session, undefined])
    },
  )
})

describe('the data folder', () => {
  test.skipIf(process.platform === 'win32')('is created for its user alone', async () => {
    const folder = join(scratchFolder(), 'data')
    await settingsIn(folder).file.change({ settings: changed })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    new LogFile(join(folder, 'logs', 'skein.log')).write('start')
    expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700)
  })

  test('is SKEIN_DATA_DIR if that is set', () => {
    expect(dataFolder({ SKEIN_DATA_DIR: '/somewhere/else' })).toBe('/somewhere/else')
  })

  test.runIf(process.platform === 'linux')('is where XDG says, else in the home folder', () => {
    expect(dataFolder({ XDG_DATA_HOME: '/xdg' })).toBe('/xdg/skein')
    expect(dataFolder({})).toMatch(/\/\.local\/share\/skein$/)
  })
})
