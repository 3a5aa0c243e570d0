import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type Blindness,
  type Colour,
  contrast,
  difference,
  fromHex,
  labDifference,
  simulateBlindness,
} from './fixtures/colour-vision.ts'

type Theme = 'light' | 'dark'

const read = (path: string): string =>
  readFileSync(new URL(`../../../renderer/${path}`, import.meta.url), 'utf8')
const styles = read('shell/theme/design-tokens.css') + read('threads-view/threads-tokens.css')

/** Returns the value of a token in a theme. */
function token(name: string, theme: Theme): Colour {
  const pair = new RegExp(`${name}: light-dark\\((#[\\da-f]{6}), (#[\\da-f]{6})\\)`).exec(styles)
  if (!pair) throw new Error(`no token ${name} with two colours`)
  return fromHex(pair[theme === 'light' ? 1 : 2] ?? '')
}

/** Colours that are adjacent in lanes and rows. */
const states = [
  '--state-runnable',
  '--state-blocked',
  '--state-waiting',
  '--state-timed-waiting',
  '--state-terminated',
  '--state-held',
] as const

const eyes = ['full sight', 'protanopia', 'deuteranopia', 'tritanopia'] as const
const seen = (eye: (typeof eyes)[number], colour: Colour): Colour =>
  eye === 'full sight' ? colour : simulateBlindness(eye satisfies Blindness, colour)

/** Well above the barely visible difference (about 1), because lines of two pixels differ only in colour. */
const leastDifference = { seeing: 18, blind: 12 }

const pairs = states.flatMap((one, index) => states.slice(index + 1).map((other) => [one, other] as const))

describe('the colour difference', () => {
  // From the test data of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula" (2005).
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381],
  ] as const)('%j and %j differ by %d', (one, other, by) =>
    expect(labDifference(one, other)).toBeCloseTo(by, 3),
  )

  test('black and white differ by 100', () =>
    expect(difference(fromHex('#ffffff'), fromHex('#000000'))).toBeCloseTo(100, 1))

  test('red and green that differ in normal vision are nearly the same in deuteranopia', () => {
    const [red, green] = [fromHex('#b04a2f'), fromHex('#6d7a2c')]
    const blind = difference(simulateBlindness('deuteranopia', red), simulateBlindness('deuteranopia', green))
    expect(blind).toBeLessThan(difference(red, green) / 2)
  })
})

for (const theme of ['light', 'dark'] as const) {
  describe(`in ${theme}`, () => {
    for (const eye of eyes) {
      test.each(pairs)(`%s and %s differ with ${eye}`, (one, other) =>
        expect(difference(seen(eye, token(one, theme)), seen(eye, token(other, theme)))).toBeGreaterThan(
          leastDifference[eye === 'full sight' ? 'seeing' : 'blind'],
        ),
      )
    }

    test.each([...states, '--state-new', '--wake', '--text'])('%s stands out from the lanes', (name) =>
      expect(contrast(token(name, theme), token('--raised', theme))).toBeGreaterThan(3),
    )
  })
}
