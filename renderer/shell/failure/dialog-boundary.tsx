import { Component, type ReactNode } from 'react'
import { errorMessage } from '../../../shared/error-message.ts'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { useWindow } from '../../store/window-store.ts'
import { retryFailedLoads } from '../lazy/lazy-component.tsx'

/** Closes a dialog that fails and reports why. Without it, an error of a dialog would end the whole window. */
export class DialogBoundary extends Component<{ readonly children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override componentDidCatch(error: unknown) {
    retryFailedLoads()
    useWindow.setState({
      dialog: undefined,
      failure: m.shell_dialog_failed({ reason: isolate(errorMessage(error)) }),
    })
  }

  override render() {
    return this.state.hasFailed ? undefined : this.props.children
  }
}
