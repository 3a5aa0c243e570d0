import { ChevronRight } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import { openList } from '../../session/navigation.ts'
import styles from './page-header.module.css'

/** The path of a folder. Each folder above it is a link to its page. */
export function FolderPath({ path }: { readonly path: string }) {
  const names = path === '' ? [] : path.split('/')
  const last = names.at(-1) ?? m.library_folders()
  const above = [
    { name: m.library_folders(), path: '' },
    ...names.slice(0, -1).map((name, index) => ({ name, path: names.slice(0, index + 1).join('/') })),
  ]
  return (
    <>
      {names.length > 0 &&
        above.map(({ name, path }) => (
          <span key={path} className={styles.step}>
            <button type="button" className={styles.link} onClick={() => openList({ kind: 'folder', path })}>
              {name}
            </button>
            <ChevronRight className={styles.arrow} aria-hidden="true" />
          </span>
        ))}
      <span>{last}</span>
    </>
  )
}
