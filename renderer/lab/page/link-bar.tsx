import { Link } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { Button } from '../../ui/button.tsx'
import { formatCurrentLink, openLink, useLabStore } from '../state/lab-store.ts'
import styles from './link-bar.module.css'

/** Copies the link to the page with its setup, and opens one that was copied elsewhere. */
export function LinkBar() {
  const [text, setText] = useState('')
  const [status, setStatus] = useState('')

  const copy = async (): Promise<void> => {
    const link = formatCurrentLink(useLabStore.getState())
    const isCopied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    )
    if (!isCopied) setText(link)
    setStatus(isCopied ? m.lab_link_copied() : m.lab_link_not_copied())
  }
  const open = (event: FormEvent): void => {
    event.preventDefault()
    const isOpened = openLink(text)
    if (isOpened) setText('')
    setStatus(isOpened ? m.lab_link_opened() : m.lab_link_invalid())
  }

  return (
    <section className={styles.links} aria-label={m.lab_links()}>
      <Button className={styles.button} onClick={copy}>
        <Link aria-hidden="true" />
        {m.lab_link_copy()}
      </Button>
      <form className={styles.open} onSubmit={open}>
        <label>
          <span>{m.lab_link_open()}</span>
          <input
            value={text}
            placeholder={m.lab_link_example()}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button className={styles.button} type="submit">
          {m.lab_link_open_button()}
        </Button>
      </form>
      <p className={styles.status} role="status" aria-label={m.lab_link_status()}>
        {status}
      </p>
    </section>
  )
}
