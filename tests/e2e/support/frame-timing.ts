/** Animation frames of Skein's page and of an empty one beside it, in the same browser and with the same headers. */
import type { Page } from '@playwright/test'
import type { Skein } from './skein-fixture.ts'

const frameCount = 60

/** A second page of Skein's own origin, as isolated as its first, that has nothing on it. */
export async function openEmptyPage({ page, application }: Skein): Promise<Page> {
  // A track that does not exist is answered by one sentence, with the headers of every answer.
  const address = new URL('/media/0', page.url())
  address.search = new URL(page.url()).search
  const empty = application
    ? await openWindow(application, address.href)
    : await page
        .context()
        .newPage()
        .then(async (made) => {
          await made.goto(address.href)
          return made
        })
  await empty.evaluate(() => {
    if (!crossOriginIsolated) throw new Error('The empty page is not isolated as Skein is')
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

/** How long a page takes for 60 animation frames. It is brought to the front: others may be drawn less often. */
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
