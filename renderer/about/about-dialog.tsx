import { type ReactNode, useState } from 'react'
import type { About, HostPlace } from '../../shared/host-api.ts'
import { attempt, openDialog } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Mark } from '../ui/strands.tsx'
import styles from './about-dialog.module.css'
import { useAbout } from './use-about.ts'
import { reportText, updateSentence } from './words.ts'

/** What this Skein is, what it runs on and where its things lie. */
export function AboutDialog() {
  const about = useAbout()
  const close = () => openDialog(undefined)
  return (
    <Dialog title="About Skein" onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls in a small window has to be reached by keyboard */}
      <section className={styles.body} aria-label="What this Skein is" tabIndex={0}>
        <div className={styles.name}>
          <Mark />
          <p className={styles.version}>Skein {about?.version}</p>
        </div>
        {about && <Facts about={about} />}
      </section>
      <div className={styles.actions}>
        {about && <CopyButton about={about} />}
        <Button primary onClick={close}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}

function Facts({ about }: { readonly about: About }) {
  const { kind } = useHost()
  const updates = updateSentence(about.updates)
  return (
    <dl className={styles.facts}>
      <Fact name="Commit">{about.commit}</Fact>
      {about.platform.map(({ name, version }) => (
        <Fact key={name} name={name}>
          {version}
        </Fact>
      ))}
      {kind === 'web' && <Fact name="Browser">{browserName()}</Fact>}
      <Fact name="Data" more={<Show about={about} place="data" name="Show the data folder" />}>
        <Path path={about.data} />
      </Fact>
      <Fact name="Log" more={<Show about={about} place="log" name="Show the log" />}>
        <Path path={about.log} />
      </Fact>
      <Fact
        name="Licence"
        more={<Show about={about} place="licences" name="Show the licences of all parts" />}
      >
        MIT
      </Fact>
      {updates !== undefined && <Fact name="Updates">{updates}</Fact>}
    </dl>
  )
}

interface FactProps {
  readonly name: string
  readonly more?: ReactNode
  readonly children: ReactNode
}

function Fact({ name, more, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={styles.value}>
        {children}
        {more}
      </dd>
    </div>
  )
}

function Path({ path }: { readonly path: string }) {
  return (
    <span className={styles.path} title={path}>
      {path}
    </span>
  )
}

interface ShowProps {
  readonly about: About
  readonly place: HostPlace
  readonly name: string
}

/** Opens a place with the system's viewer, where the host has one and the place is there. */
function Show({ about, place, name }: ShowProps) {
  const host = useHost()
  if (!about.places.includes(place)) return null
  return (
    <button type="button" className={styles.show} onClick={() => attempt(host.showPlace(place))}>
      {name}
    </button>
  )
}

function CopyButton({ about }: { readonly about: About }) {
  const { kind } = useHost()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    const text = reportText(about, kind === 'web' ? browserName() : undefined)
    if (await attempt(navigator.clipboard.writeText(text).then(() => true))) setCopied(true)
  }
  return (
    <>
      <p className={styles.copied} role="status">
        {isCopied && 'Copied.'}
      </p>
      <Button onClick={() => void copy()}>Copy for a bug report</Button>
    </>
  )
}

/** The browser's own name for itself; the words before it are the same in all of them. */
function browserName(): string {
  return navigator.userAgent.replace(
    /^Mozilla\/5\.0 \([^)]*\) (AppleWebKit\/\S+ \(KHTML, like Gecko\) )?/,
    '',
  )
}
