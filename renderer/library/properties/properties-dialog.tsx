import type { ReactNode } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { ListedTag, TrackDetails } from '../../../shared/library/track-details.ts'
import { openDialog } from '../../session/actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/utils/format.ts'
import styles from './properties-dialog.module.css'
import { fileFacts, pictureText, soundFacts } from './properties-text.ts'
import { useTrackDetails } from './use-track-details.ts'

/** Shows every tag of a track as its file has it, and how its sound is stored. */
export function PropertiesDialog() {
  const track = useWindow((state) => state.propertiesOf)
  const { details, failure } = useTrackDetails(track)
  const close = () => openDialog(undefined)
  return (
    <Dialog title={m.properties_title()} onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <section className={styles.body} aria-label={m.properties_all()} tabIndex={0}>
        {details && <Details details={details} />}
        {!details && <p role="status">{failure ?? m.properties_loading()}</p>}
      </section>
      <div className={styles.actions}>
        <Button primary onClick={close}>
          {m.common_close()}
        </Button>
      </div>
    </Dialog>
  )
}

function Details({ details }: { readonly details: TrackDetails }) {
  const { pictures, tags, warnings } = details
  return (
    <>
      <Section title={m.properties_file()} facts={fileFacts(details)} />
      <Section title={m.properties_sound()} facts={soundFacts(details)} />
      {pictures.length > 0 && <TextList title={m.properties_pictures()} texts={pictures.map(pictureText)} />}
      {warnings.length > 0 && <TextList title={m.properties_warnings()} texts={warnings} />}
      {tags.map((tag, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tags of a file do not change, and two can be of one format
        <Tag key={index} tag={tag} />
      ))}
      {tags.length === 0 && <p className={styles.note}>{m.properties_no_tags()}</p>}
    </>
  )
}

function Tag({ tag: { format, fields, leftOut } }: { readonly tag: ListedTag }) {
  return (
    <Section title={format} facts={fields.map(({ name, values }) => [name, values.join('\n')] as const)}>
      {leftOut > 0 && (
        <p className={styles.note}>
          {m.properties_left_out({ count: leftOut, number: formatNumber(leftOut) })}
        </p>
      )}
    </Section>
  )
}

interface SectionProps {
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly children?: ReactNode
}

function Section({ title, facts, children }: SectionProps) {
  return (
    <div className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <dl>
        {facts.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tag can have several fields of one name
          <div key={index} className={styles.fact}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  )
}

function TextList({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  return (
    <div className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {texts.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two pictures can be described by one text
          <li key={index}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
