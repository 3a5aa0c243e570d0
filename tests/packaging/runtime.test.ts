import { describe, expect, test } from 'vitest'
import { devDependencies } from '../../package.json' with { type: 'json' }
import { describeOtherRuntime } from '../../scripts/dist/runtime.ts'

describe('the runtime of packages', () => {
  test.each(['33.2.1', '45.4.0', '45.4.1-beta.1', `${devDependencies.electron}.1`, ''])(
    'is reported if it is %j and package.json names another',
    (version) => {
      expect(describeOtherRuntime(version)).toBe(
        `This runtime is Electron ${version}, but package.json names ${devDependencies.electron}: do not publish these packages.`,
      )
    },
  )

  test('is the one that package.json names', () => {
    expect(describeOtherRuntime(devDependencies.electron)).toBeUndefined()
  })
})
