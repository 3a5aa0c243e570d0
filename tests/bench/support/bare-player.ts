import type { Page } from '@playwright/test'

interface BarePlayer {
  /** Loads two songs and plays the first. */
  begin(first: string, second: string): void
  /** Preloads another song. */
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
 * Adds the minimum that a page needs to play songs: a button that switches to an element with the preloaded next song,
 * and one that creates a new element and plays it.
 */
export async function addBarePlayer(page: Page): Promise<void> {
  await page.evaluate(() => {
    let current: HTMLAudioElement | undefined
    let next: HTMLAudioElement | undefined
    const createElement = (address: string) => {
      const element = new Audio()
      element.dataset.bare = ''
      element.preload = 'auto'
      element.src = address
      return element
    }
    const playNext = () => {
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
        current = createElement(first)
        next = createElement(second)
        void current.play()
      },
      prepare: (address) => {
        next = createElement(address)
      },
      resume: () => void current?.play(),
      pause: () => current?.pause(),
    }
    Object.assign(window, { barePlayer: player })
    const button = (label: string, type: 'click' | 'dblclick', onPress: () => void, right: number) => {
      const element = document.createElement('button')
      element.textContent = label
      element.style.cssText = `position: fixed; z-index: 9; top: 8px; right: ${right}px`
      element.addEventListener(type, onPress)
      document.body.append(element)
    }
    button('Bare next', 'click', playNext, 240)
    button(
      'Bare cold',
      'dblclick',
      () => {
        current = createElement(player.coldAddress)
        void current.play()
      },
      340,
    )
  })
}

/** Sends a command to the bare player of the page. */
export async function commandBarePlayer(
  page: Page,
  command:
    | { readonly kind: 'begin'; readonly first: string; readonly second: string }
    | { readonly kind: 'prepare' | 'cold'; readonly address: string }
    | { readonly kind: 'resume' | 'pause' },
): Promise<void> {
  await page.evaluate((received) => {
    const { barePlayer } = window as unknown as BareWindow
    if (received.kind === 'begin') barePlayer.begin(received.first, received.second)
    else if (received.kind === 'prepare') barePlayer.prepare(received.address)
    else if (received.kind === 'cold') barePlayer.coldAddress = received.address
    else barePlayer[received.kind]()
  }, command)
}
