import type { Page } from '@playwright/test'
import type { Skein } from './skein-fixture.ts'

const frameCount = 60

/** Opens an empty second page of Skein's origin, in the same browser and with the same isolation. */
export async function openEmptyPage({ page, application }: Skein): Promise<Page> {
  // The response for an unknown track is one sentence, with the same headers as every response.
  const address = new URL('/media/0', page.url())
  address.search = new URL(page.url()).search
  const empty = application
    ? await openWindow(application, address.href)
    : await page
        .context()
        .newPage()
        .then(async (page) => {
          await page.goto(address.href)
          return page
        })
  await empty.evaluate(() => {
    if (!crossOriginIsolated) throw new Error('The empty page is not cross-origin isolated')
    document.body.textContent = ''
  })
  return empty
}

async function openWindow(application: NonNullable<Skein['application']>, address: string): Promise<Page> {
  const opened = application.waitForEvent('window')
  await application.evaluate(async ({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows()
    const { width = 0, height = 0 } = first?.getBounds() ?? {}
    const window = new BrowserWindow({ width, height, webPreferences: { backgroundThrottling: false } })
    await window.loadURL('about:blank')
  })
  const page = await opened
  await page.goto(address)
  return page
}

/** Returns how long a page takes for 60 animation frames. Brings it to the front: hidden pages draw less often. */
export async function measureFrames(page: Page): Promise<number> {
  await page.bringToFront()
  return await page.evaluate(
    (count) =>
      new Promise<number>((resolve) => {
        let first: number | undefined
        let seen = 0
        requestAnimationFrame(function frame(time) {
          first ??= time
          if (seen++ === count) resolve(time - first)
          else requestAnimationFrame(frame)
        })
      }),
    frameCount,
  )
}

/** Waits until the page has drawn this many frames. */
export const awaitFrames = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (remaining) =>
      new Promise<void>((resolve) => {
        const frame = () => (remaining-- > 0 ? requestAnimationFrame(frame) : resolve())
        frame()
      }),
    count,
  )
