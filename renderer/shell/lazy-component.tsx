import { type ComponentType, lazy, useState } from 'react'

/** A component whose code is loaded when it is first shown, or before by `preload`. */
export type LazyComponent = ComponentType & { preload(): Promise<void> }

/** Makes a component of code that is loaded later. Once the code is there it is shown at once, without a fallback before. */
export function lazyComponent(load: () => Promise<ComponentType>): LazyComponent {
  let loaded: ComponentType | undefined
  const loadOnce = async () => {
    loaded ??= await load()
    return loaded
  }
  const Suspending = lazy(async () => ({ default: await loadOnce() }))
  function Loadable() {
    // Kept while it is mounted: another component in its place would lose its state.
    const [Shown] = useState<ComponentType>(() => loaded ?? Suspending)
    return <Shown />
  }
  return Object.assign(Loadable, { preload: async () => void (await loadOnce()) })
}
