import { type ComponentType, lazy, useState } from 'react'

/** A component whose code is loaded when it is first shown, or earlier by `preload`. */
export type LazyComponent = ComponentType & { preload(): Promise<void> }

/** For each component whose code could not be loaded: lets it be loaded again. */
const failedLoads = new Set<() => void>()

/** Creates a lazily loaded component. Once the code is loaded, it renders immediately, without a fallback. */
export function lazyComponent(load: () => Promise<ComponentType>): LazyComponent {
  let loaded: ComponentType | undefined
  const loadOnce = async () => {
    loaded ??= await load()
    return loaded
  }
  // React keeps the result of a lazy component, a failure too. It stays until the user asks again: with a new one for
  // each attempt to render, a load that fails would repeat without end.
  let suspending: ComponentType | undefined
  const forget = () => {
    suspending = undefined
  }
  const makeSuspending = () =>
    lazy(async () => {
      try {
        return { default: await loadOnce() }
      } catch (error) {
        failedLoads.add(forget)
        throw error
      }
    })
  function Loadable() {
    // Constant while it is mounted: another component in its place would lose its state.
    const [Shown] = useState<ComponentType>(() => {
      suspending ??= makeSuspending()
      return loaded ?? suspending
    })
    return <Shown />
  }
  return Object.assign(Loadable, { preload: async () => void (await loadOnce()) })
}

/** Lets code that could not be loaded be loaded again when it is next shown. */
export function retryFailedLoads(): void {
  for (const forget of failedLoads) forget()
  failedLoads.clear()
  // Vite adds each style sheet once, even if it could not be loaded.
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
    if (link.sheet === null) link.replaceWith(link.cloneNode())
}
