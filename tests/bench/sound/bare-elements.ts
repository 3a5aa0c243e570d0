import type { Page } from '@playwright/test'

/** Serves files to the page under addresses of its own, without the host. */
export async function serveFiles(
  page: Page,
  name: string,
  files: readonly Buffer[],
  contentType: string,
): Promise<readonly string[]> {
  return await Promise.all(
    files.map(async (body, index) => {
      const path = `/bench-media/${name}-${index}`
      await page.route(`**${path}`, (route) =>
        route.fulfill({ body, contentType, headers: { 'Cross-Origin-Resource-Policy': 'same-origin' } }),
      )
      return path
    }),
  )
}

/**
 * Plays songs one after the other with two media elements, each loaded before the song before it ends: what a page can do
 * without decoding by itself. `throughGraph` sends their sound through an AudioContext of this rate.
 */
export async function playWithElements(
  page: Page,
  addresses: readonly string[],
  throughGraph: number | undefined,
): Promise<void> {
  await page.evaluate(
    async ([sources, sampleRate]) => {
      const elements = sources.map((source) => {
        const element = new Audio(source)
        element.preload = 'auto'
        return element
      })
      const context = sampleRate === null ? undefined : new AudioContext({ sampleRate })
      const { graphRecorder } = window as unknown as {
        graphRecorder?: { record(node: AudioNode): Promise<void> }
      }
      for (const element of elements) {
        const node = context?.createMediaElementSource(element)
        node?.connect(node.context.destination)
        // The recorder loads its module first: without it, the beginning would be missing.
        if (node !== undefined) await graphRecorder?.record(node)
      }
      const loaded = elements.map(
        (element) =>
          new Promise<void>((resolve, reject) => {
            element.addEventListener('canplaythrough', () => resolve(), { once: true })
            element.addEventListener('error', () => reject(element.error), { once: true })
          }),
      )
      await Promise.all(loaded)
      for (const [index, element] of elements.entries())
        element.addEventListener('ended', () => void elements[index + 1]?.play())
      await elements[0]?.play()
      await new Promise((resolve) => elements.at(-1)?.addEventListener('ended', resolve))
      for (const element of elements) element.removeAttribute('src')
    },
    [addresses, throughGraph ?? null] as const,
  )
}
