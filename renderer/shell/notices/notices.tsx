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

/** Milliseconds for which a notice stays. */
const noticeDuration = 8000

/** The notices of the player and the host, in a corner of the view. They never take the focus. */
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

/** Returns the player's newest notice as a sentence, until its time is over. */
function useCurrentNotice(): string | undefined {
  const notice = useWindow((state) => state.player.notice)
  const track = useWindow((state) => findTrack(state, state.player.notice.track))
  const [expiredNumber, setExpiredNumber] = useState(notice.number)
  useEffect(() => {
    if (notice.number === expiredNumber) return
    const timer = setTimeout(() => setExpiredNumber(notice.number), noticeDuration)
    return () => clearTimeout(timer)
  }, [notice.number, expiredNumber])
  return notice.number === expiredNumber ? undefined : noticeText(notice, track)
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
