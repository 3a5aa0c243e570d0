import { describe, expect, test } from 'vitest'
import { findPage } from '../../../electron/window/page-address.ts'

const developmentServer = { ELECTRON_RENDERER_URL: 'http://127.0.0.1:45671/' }

describe('the page', () => {
  test.each([
    [true, {}, 'skein://app/'],
    [false, {}, 'skein://app/'],
    [false, { ELECTRON_RENDERER_URL: '' }, 'skein://app/'],
    [false, developmentServer, 'http://127.0.0.1:45671/'],
    // A variable of the user's must not give a foreign page the bridge.
    [true, developmentServer, 'skein://app/'],
  ])('(packaged: %j, with %j) is %s', (isPackaged, environment, address) => {
    const page = findPage(isPackaged, environment)
    expect(page.address).toBe(address)
    expect(page.isOwnAddress(address)).toBe(true)
    expect(page.isDevelopment).toBe(address.startsWith('http'))
  })

  test.each([
    'http://127.0.0.1:45671/',
    'skein://other/',
    'skein://app.evil/',
    'https://app/',
    'file:///x',
    '',
  ])('is not at %j in a package, whatever the environment', (address) => {
    expect(findPage(true, developmentServer).isOwnAddress(address)).toBe(false)
  })
})
