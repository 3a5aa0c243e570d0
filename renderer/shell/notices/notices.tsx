import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { Track } from '../../../shared/library/track.ts'
import type { Notice } from '../../../shared/player/messages.ts'
import { dismissFailure } from '../../session/actions.ts'
import { findTrack, useWindow } from '../../store/window-store.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { NoOutputDeviceNotice } from './no-output-device-notice.tsx'
import styles from './notices.module.css'

/** How long a notice stays, in milliseconds. */
const noticeDuration = 8000

/** What the player and the host have to tell, in a corner of the view; it never takes the focus. */
export function Notices() {
  const failure = useWindow((state) => state.failure)
  const notice = useCurrentNotice()
  return (
    <div className={styles.corner}>
      <div role="log" aria-label={m.shell_notices()}>
        {notice && <p className={styles.notice}>{notice}</p>}
      </div>
      <NoOutputDeviceNotice />
      <div role="alert">
        {failure !== undefined && (
          <div className={styles.notice}>
            <p className={styles.text}>{failure}</p>
            <IconButton name="Dismiss" onClick={dismissFailure}>
              <X aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </div>
    </div>
  )
}

/** The player's newest notice as a sentence, for a while. */
function useCurrentNotice(): string | undefined {
  const notice = useWindow((state) => state.player.notice)
  const track = useWindow((state) => findTrack(state, state.player.notice.track))
  const [gone, setGone] = useState(notice.number)
  useEffect(() => {
    if (notice.number === gone) return
    const timer = setTimeout(() => setGone(notice.number), noticeDuration)
    return () => clearTimeout(timer)
  }, [notice.number, gone])
  return notice.number === gone ? undefined : noticeText(notice, track)
}

function noticeText({ kind, detail }: Notice, track: Track | undefined): string | undefined {
  switch (kind) {
    case 'none':
      return undefined
    case 'cannotPlay':
      return `“${track?.title ?? 'This song'}” cannot be played. ${detail}`
    case 'nothingPlayable':
      return 'None of these songs can be played. Check that the files are still there, then rescan the folder.'
    case 'selectorLate':
      return 'The selector was late, so the next song in order plays.'
  }
}
