import { send } from '../session/actions.ts'

/**
 * Shows the Lab if the window's address is a link to it: at the start, and after every change of the address.
 */
export function navigateByHash(): () => void {
  const follow = (): void => {
    if (/^#lab\b/.test(location.hash)) send({ kind: 'navigate', to: 'lab' })
  }
  follow()
  addEventListener('hashchange', follow)
  return () => removeEventListener('hashchange', follow)
}
