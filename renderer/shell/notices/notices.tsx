import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { Track } from '../../../shared/library/track.ts'
import type { FailureReason, Notice } from '../../../shared/player/messages.ts'
import { dismissFailure } from '../../session/actions.ts'
import { findTrack, useWindow } from '../../store/window-store.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { NoOutputDeviceNotice } from './no-output-device-notice.tsx'
import styles from './notices.module.css'
import { PlaylistNotice } from './playlist-notice.tsx'

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
      <PlaylistNotice />
      <div role="alert">
        {failure !== undefined && (
          <div className={styles.notice}>
            <p className={styles.text}>{failure}</p>
            <IconButton name={m.shell_dismiss()} onClick={dismissFailure}>
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

function noticeText(notice: Notice, track: Track | undefined): string | undefined {
  switch (notice.kind) {
    case 'none':
      return undefined
    case 'cannotPlay':
      return cannotPlayText(notice.reason, track)
    case 'nothingPlayable':
      return m.player_nothing_playable()
    case 'selectorLate':
      return m.player_selector_late()
  }
}

function cannotPlayText(failure: FailureReason | undefined, track: Track | undefined): string {
  const reason = failureText(failure, track)
  return track
    ? m.player_cannot_play({ title: isolate(track.title), reason })
    : m.player_cannot_play_unknown({ reason })
}

function failureText(reason: FailureReason | undefined, track: Track | undefined): string {
  switch (reason) {
    case undefined:
    case 'fileMissing':
      return m.player_failure_file_missing()
    case 'fileDamaged':
      return m.player_failure_file_damaged()
    case 'fileEmpty':
      return m.player_failure_file_empty()
    case 'diskHangs':
      return m.player_failure_disk_hangs()
    case 'aiffUnsupported':
      return m.player_failure_aiff()
    case 'formatUnsupported':
      return track?.warnings[0] ?? m.player_failure_format({ format: isolate(track?.codec ?? '') })
    case 'noOutput':
      return m.player_failure_no_output()
    case 'noSound':
      return m.player_failure_no_sound()
    case 'noEnd':
      return m.player_failure_no_end()
  }
}
