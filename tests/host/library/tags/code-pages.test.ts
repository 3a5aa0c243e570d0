import { describe, expect, test } from 'vitest'
import { decodeByteTexts } from '../../../../electron/library/tags/text/code-pages.ts'

/** Artist, title and album in bytes of a code page, and what they say. */
const songs = [
  ['windows-1251', 'cae8edee c3f0f3efefe020eaf0eee2e8', ['Кино', 'Группа крови']],
  ['windows-1251', 'd7e0e9f4 c7e8ece0 c0ebebe020cff3e3e0f7b8e2e0', ['Чайф', 'Зима', 'Алла Пугачёва']],
  ['Shift_JIS', '92c596bc97d18ce7', ['椎名林檎']],
  ['Shift_JIS', '8354835583938349815b838b 8358837383628363', ['サザンオール', 'スピッツ']],
  ['GBK', 'd6dcbddcc2d7 c6dfc0efcfe3', ['周杰伦', '七里香']],
  ['GBK', 'd4c2c1c1b4fab1edced2b5c4d0c4', ['月亮代表我的心']],
  ['Big5', 'b169bec7a4cd a76ba74f b752a4a3a569a4ce', ['張學友', '吻別', '愛不可及']],
  ['EUC-KR', 'bcadc5c2c1f6bfcd20bec6c0ccb5e9', ['서태지와 아이들']],
  ['windows-1253', 'd7dcf1e9f2 a2ebecf0eff5ec', ['Χάρις', 'Άλμπουμ']],
  ['windows-1255', 'e0f8e9f720e0e9e9f0f9e8e9e9ef', ['אריק איינשטיין']],
] as const

const bytes = (hex: string) => hex.split(' ').map((word) => Buffer.from(word, 'hex'))
const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('texts without a code page', () => {
  test.each(songs)('of %s: %s', async (_, hex, texts) => {
    expect(await decodeByteTexts(bytes(hex))).toEqual(texts)
  })

  test.each([
    'Björk',
    'Sigur Rós',
    'Mötley Crüe',
    'Die Ärzte',
    'Ágætis byrjun',
    'Þú ert jörðin',
    '¡Ay Carmela!',
    'Déjà vu',
    'Live à Bercy',
    'Pêche à la ligne',
    'ÆØÅ',
    'ÄÖÜ',
    'Été',
    'Hé hé',
    'Coração',
    '© 2004',
  ])('of western languages stay Latin-1: %s', async (text) => {
    expect(await decodeByteTexts([latin1(text)])).toEqual([text])
  })

  test('of western languages stay Latin-1 together', async () => {
    const texts = ['Édith Piaf', 'Où va la vie', 'À côté de la plaque', 'Été']
    expect(await decodeByteTexts(texts.map(latin1))).toEqual(texts)
  })

  test('are windows-1252 where Latin-1 has control characters', async () => {
    expect(await decodeByteTexts([latin1('Don\x92t \x93Stop\x94 \x96 \x80')])).toEqual(['Don’t “Stop” – €'])
  })

  test('are UTF-8 if all of them are', async () => {
    expect(await decodeByteTexts([Buffer.from('Für Élise'), Buffer.from('Кино')])).toEqual([
      'Für Élise',
      'Кино',
    ])
  })

  test('decide together, so that a short one is right as well', async () => {
    const [artist] = await decodeByteTexts(bytes('c4c4d2 d7f2ee20f2e0eaeee520eef1e5edfc'))
    expect(artist).toBe('ДДТ')
  })

  test('of any length are decided by their beginning', async () => {
    const text = Buffer.alloc(1_000_000, Buffer.from('c3f0f3efefe020eaf0eee2e820', 'hex'))
    const [decoded] = await decodeByteTexts([text])
    expect(decoded?.startsWith('Группа крови')).toBe(true)
  })
})
