import { fileURLToPath } from 'node:url'
import type {} from './browser-main.ts'
import { ScriptPage } from './script-page.ts'

/** A page that is a process of web workers, and can run every case. */
export class ConformancePage {
  readonly #script: ScriptPage

  private constructor(script: ScriptPage) {
    this.#script = script
  }

  static async open(): Promise<ConformancePage> {
    return new ConformancePage(
      await ScriptPage.open(fileURLToPath(new URL('browser-main.ts', import.meta.url))),
    )
  }

  /** Starts a new process: the page from the start. */
  async startProcess(options: Readonly<Record<string, number>>): Promise<void> {
    const parameters = Object.entries(options).map(([key, value]) => `${key}=${value}`)
    await this.#script.load(parameters.join('&'))
    await this.#script.page.waitForFunction(() => 'runCase' in window)
  }

  /** What went wrong in words, undefined when nothing did. */
  runCase(suiteTitle: string, caseTitle: string): Promise<string | undefined> {
    return this.#script.page.evaluate(([suite, title]) => window.runCase(suite, title), [
      suiteTitle,
      caseTitle,
    ] as const)
  }

  close(): Promise<void> {
    return this.#script.close()
  }
}
