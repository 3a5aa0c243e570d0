import { type ComponentType, lazy, useState } from 'react'

/** A component whose code is loaded when it is first shown, or earlier by `preload`. */
export type LazyComponent = ComponentType & { preload(): Promise<void> }

/** Creates a lazily loaded component. Once the code is loaded, it renders immediately, without a fallback. */
export function lazyComponent(load: () => Promise<ComponentType>): LazyComponent {
  let loaded: ComponentType | undefined
  const loadOnce = async () => {
    loaded ??= await load()
    return loaded
  }
  const Suspending = lazy(async () => ({ default: await loadOnce() }))
  function Loadable() {
    // Constant while it is mounted: another component in its place would lose its state.
    const [Shown] = useState<ComponentType>(() => loaded ?? Suspending)
    return <Shown />
  }
  return Object.assign(Loadable, { preload: async () => void (await loadOnce()) })
}
