import '../../../renderer/shell/theme/design-tokens.css'
import '../../../renderer/shell/theme/base.css'
import { createRoot } from 'react-dom/client'
import { HostContext } from '../../../renderer/host/host-context.ts'
import { PropertiesDialog } from '../../../renderer/library/properties/properties-dialog.tsx'
import { openProperties } from '../../../renderer/session/actions.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'

import type { HostApi } from '../../../shared/host-api.ts'
import type { TrackDetails } from '../../../shared/library/track-details.ts'

declare global {
  interface Window {
    /** What the host replies; a text is a failure. */
    reply: TrackDetails | string
  }
}

const host = {
  kind: 'web',
  trackDetails: async () => {
    if (typeof window.reply === 'string') throw new Error(window.reply)
    return window.reply
  },
} as unknown as HostApi

function Page() {
  const dialog = useWindow((state) => state.dialog)
  return (
    <main>
      <button type="button" onClick={() => openProperties(1)}>
        Open
      </button>
      {dialog === 'properties' && <PropertiesDialog />}
    </main>
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <HostContext value={host}>
    <Page />
  </HostContext>,
)
