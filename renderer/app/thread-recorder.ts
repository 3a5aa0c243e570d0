import { watchActs } from '../../shared/threading/index.ts'
import { sentence } from './actions.ts'
import { useWindow } from './store.ts'

/**
 * Keeps what the threads did in the last minute, also while the panel is closed. Its code comes after the window's
 * own: until then the threads' own rings keep what they do.
 */
export function recordThreads(): void {
  watchActs(true)
  import('../threads-view/recording/recorder.ts').then(
    ({ startRecorder }) => startRecorder(),
    (error: unknown) =>
      useWindow.setState({ failure: `The threads' last minute is not recorded: ${sentence(error)}` }),
  )
}
