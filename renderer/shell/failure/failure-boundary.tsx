import { Component, type ReactNode } from 'react'
import { errorMessage } from '../../../shared/error-message.ts'
import { m } from '../../../shared/i18n/messages.js'
import { Button } from '../../ui/button.tsx'
import { retryFailedLoads } from '../lazy/lazy-component.tsx'
import { FailurePage } from './failure-page.tsx'

interface FailureBoundaryProps {
  /** The sentence that names what failed. */
  readonly title: string
  readonly children: ReactNode
}

/** Catches the errors of its children, shows them, and offers to render the children again. The music plays on. */
export class FailureBoundary extends Component<FailureBoundaryProps, { failure: string | undefined }> {
  override state = { failure: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { failure: errorMessage(error) }
  }

  #retry(): void {
    retryFailedLoads()
    this.setState({ failure: undefined })
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children
    return (
      <FailurePage
        title={this.props.title}
        action={<Button onClick={() => this.#retry()}>{m.shell_show_it_again()}</Button>}
      >
        {this.state.failure}
      </FailurePage>
    )
  }
}
