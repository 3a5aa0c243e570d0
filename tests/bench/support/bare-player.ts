import type { Page } from '@playwright/test'

interface BarePlayer {
  /** Holds two songs ready and sounds the first. */
  begin(first: string, second: string): void
  /** Holds another song ready. */
  prepare(address: string): void
  /** The song that a double click on the button `Bare cold` loads and plays. */
  coldAddress: string
  resume(): void
  pause(): void
}

interface BareWindow {
  barePlayer: BarePlayer
}

/**
 * Adds the least that a page needs to play songs: a button that changes over to an element that holds the next song
 * ready, and one that makes a new element and plays it.
 */
export async function addBarePlayer(page: Page): Promise<void> {
  await page.evaluate(() => {
    let current: HTMLAudioElement | undefined
    let next: HTMLAudioElement | undefined
    const make = (address: string) => {
      const element = new Audio()
      element.dataset.bare = ''
      element.preload = 'auto'
      element.src = address
      return element
    }
    const changeOver = () => {
      void next?.play()
      current?.pause()
      current?.removeAttribute('src')
      current?.load()
      current = next
      next = undefined
    }
    const player: BarePlayer = {
      coldAddress: '',
      begin: (first, second) => {
        current = make(first)
        next = make(second)
        void current.play()
      },
      prepare: (address) => {
        next = make(address)
      },
      resume: () => void current?.play(),
      pause: () => current?.pause(),
    }
    Object.assign(window, { barePlayer: player })
    const button = (label: string, type: 'click' | 'dblclick', act: () => void, right: number) => {
      const element = document.createElement('button')
      element.textContent = label
      element.style.cssText = `position: fixed; z-index: 9; top: 8px; right: ${right}px`
      element.addEventListener(type, act)
      document.body.append(element)
    }
    button('Bare next', 'click', changeOver, 240)
    button(
      'Bare cold',
      'dblclick',
      () => {
        current = make(player.coldAddress)
        void current.play()
      },
      340,
    )
  })
}

/** Tells the bare player of the page something. */
export async function commandBarePlayer(
  page: Page,
  message:
    | { readonly kind: 'begin'; readonly first: string; readonly second: string }
    | { readonly kind: 'prepare' | 'cold'; readonly address: string }
    | { readonly kind: 'resume' | 'pause' },
): Promise<void> {
  await page.evaluate((told) => {
    const { barePlayer } = window as unknown as BareWindow
    if (told.kind === 'begin') barePlayer.begin(told.first, told.second)
    else if (told.kind === 'prepare') barePlayer.prepare(told.address)
    else if (told.kind === 'cold') barePlayer.coldAddress = told.address
    else barePlayer[told.kind]()
  }, message)
}
