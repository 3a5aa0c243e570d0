import { Link } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatCurrentLink, openLink, useLabStore } from '../state/lab-store.ts'
import styles from './link-bar.module.css'

/** Copies the link to the page as it is set, and opens one that was copied elsewhere. */
export function LinkBar() {
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')

  const copy = async (): Promise<void> => {
    const link = formatCurrentLink(useLabStore.getState())
    const isCopied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    )
    if (!isCopied) setText(link)
    setSaid(isCopied ? 'The link is copied.' : 'It could not be copied: take it from the field below.')
  }
  const open = (event: FormEvent): void => {
    event.preventDefault()
    const isOpened = openLink(text)
    if (isOpened) setText('')
    setSaid(
      isOpened ? 'The link is opened.' : 'This is no link to the Lab: one looks like #lab/interference.',
    )
  }

  return (
    <section className={styles.links} aria-label="Links">
      <Button className={styles.button} onClick={copy}>
        <Link aria-hidden="true" />
        Copy link
      </Button>
      <form className={styles.open} onSubmit={open}>
        <label>
          <span>Open link</span>
          <input
            value={text}
            placeholder="#lab/…"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button className={styles.button} type="submit">
          Open
        </Button>
      </form>
      <p className={styles.said} role="status" aria-label="Link">
        {said}
      </p>
    </section>
  )
}
