import { type ReactNode, useState } from 'react'
import type { About, HostLocation } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { attempt, openDialog } from '../session/actions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Logo } from '../ui/logo.tsx'
import styles from './about-dialog.module.css'
import { bugReportText, updateStatusText } from './about-text.ts'
import { useAbout } from './use-about.ts'

/** Shows the version of Skein, what it runs on, and where its data is. */
export function AboutDialog() {
  const about = useAbout()
  const close = () => openDialog(undefined)
  return (
    <Dialog title={m.common_about_skein()} onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <section className={styles.body} aria-label={m.about_what_this_skein_is()} tabIndex={0}>
        <div className={styles.name}>
          <Logo />
          <p className={styles.version}>Skein {about?.version}</p>
        </div>
        {about && <Facts about={about} />}
      </section>
      <div className={styles.actions}>
        {about && <CopyButton about={about} />}
        <Button primary onClick={close}>
          {m.common_close()}
        </Button>
      </div>
    </Dialog>
  )
}

function Facts({ about }: { readonly about: About }) {
  const { kind } = useHost()
  const updates = updateStatusText(about.updates)
  return (
    <dl className={styles.facts}>
      <Fact name={m.about_commit()}>{about.commit}</Fact>
      {about.platform.map(({ name, version }) => (
        <Fact key={name} name={name}>
          {version}
        </Fact>
      ))}
      {kind === 'web' && <Fact name={m.about_browser()}>{browserName()}</Fact>}
      <Fact
        name={m.about_data()}
        action={<ShowLocationButton about={about} location="data" name={m.about_show_data_folder()} />}
      >
        <Path path={about.data} />
      </Fact>
      <Fact
        name={m.about_log()}
        action={<ShowLocationButton about={about} location="log" name={m.about_show_log()} />}
      >
        <Path path={about.log} />
      </Fact>
      <Fact
        name={m.about_licence()}
        action={<ShowLocationButton about={about} location="licences" name={m.about_show_licences()} />}
      >
        MIT
      </Fact>
      {updates !== undefined && <Fact name={m.about_updates()}>{updates}</Fact>}
    </dl>
  )
}

interface FactProps {
  readonly name: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Fact({ name, action, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={styles.value}>
        {children}
        {action}
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

interface ShowLocationButtonProps {
  readonly about: About
  readonly location: HostLocation
  readonly name: string
}

/** Opens a location in the system's viewer. Renders nothing if the host cannot show it or it does not exist. */
function ShowLocationButton({ about, location, name }: ShowLocationButtonProps) {
  const host = useHost()
  if (!about.locations.includes(location)) return null
  return (
    <button type="button" className={styles.show} onClick={() => attempt(host.showLocation(location))}>
      {name}
    </button>
  )
}

function CopyButton({ about }: { readonly about: About }) {
  const { kind } = useHost()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    const text = bugReportText(about, kind === 'web' ? browserName() : undefined)
    if (await attempt(navigator.clipboard.writeText(text).then(() => true))) setCopied(true)
  }
  return (
    <>
      <p className={styles.copied} role="status">
        {isCopied && m.about_copied()}
      </p>
      <Button onClick={() => void copy()}>{m.about_copy_for_a_bug_report()}</Button>
    </>
  )
}

/** Returns the browser's name and version: the user agent without the prefix that all browsers share. */
function browserName(): string {
  return navigator.userAgent.replace(
    /^Mozilla\/5\.0 \([^)]*\) (AppleWebKit\/\S+ \(KHTML, like Gecko\) )?/,
    '',
  )
}
