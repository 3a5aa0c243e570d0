import { memo, useState } from 'react'
import type { ThumbnailSize } from '../../shared/host-api.ts'
import { type CoverId, joinNames, type Track } from '../../shared/library/track.ts'
import { useHost } from '../host/host-context.ts'
import styles from './cover.module.css'
import { classes } from './utils/classes.ts'

interface CoverProps {
  readonly track: Track | undefined
  readonly className?: string | undefined
  /** The thumbnail to show; without it, the whole picture. */
  readonly size?: ThumbnailSize
}

/** A track's cover, or its album's initial on a colour that is derived from the album's name. */
export const Cover = memo(function Cover({ track, className, size }: CoverProps) {
  const name = track?.album ?? (track && joinNames(track.artists)) ?? track?.title ?? ''
  return <CoverPicture cover={track?.cover} name={name} className={className} {...(size && { size })} />
})

interface CoverPictureProps {
  readonly cover: CoverId | undefined
  /** Whose cover it is. */
  readonly name: string
  readonly className?: string | undefined
  /** The thumbnail to show; without it, the whole picture. */
  readonly size?: ThumbnailSize
}

/** A cover, or the initial of a name on a colour that is derived from it. */
export const CoverPicture = memo(function CoverPicture({ cover, name, className, size }: CoverPictureProps) {
  const host = useHost()
  const [broken, setBroken] = useState<number>()
  if (cover !== undefined && cover !== broken)
    return (
      <img
        key={cover}
        className={classes(styles.cover, className)}
        src={host.coverUrl(cover, size)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setBroken(cover)}
      />
    )
  return <Placeholder name={name} className={className} />
})

function Placeholder({ name, className }: { readonly name: string; readonly className: string | undefined }) {
  return (
    <span
      className={classes(styles.cover, styles.placeholder, className)}
      style={{ '--hue': hueOf(name) }}
      aria-hidden="true"
    >
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <path d="M-2 28C10 28 10 12 20 12S30 28 42 28" />
        <path d="M-2 12C10 12 10 28 20 28S30 12 42 12" />
        <text x="20" y="20">
          {initialOf(name)}
        </text>
      </svg>
    </span>
  )
}

function initialOf(name: string): string {
  const [first] = name.trim().replace(/^(the|a|an|der|die|das|le|la|les) /i, '')
  return first?.toLocaleUpperCase() ?? ''
}

function hueOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) | 0
  return Math.abs(hash) % 360
}
