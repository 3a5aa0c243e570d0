import type { App, Session, WebContents } from 'electron'
import type { PageAddress } from './page-address.ts'

/** Chromium asks for a dictionary here if it ever wants one. Nothing is served there. */
const noDictionary = 'skein://app/no-dictionary/'

/** Lets nothing of this session leave the machine, and grants no permission that playing does not need. */
export function lockSession(session: Session, page: PageAddress): void {
  // Otherwise Chromium requests a dictionary from its maker at each start, even while nothing is checked.
  session.setSpellCheckerLanguages([])
  session.setSpellCheckerDictionaryDownloadURL(noDictionary)
  if (!page.isDevelopment)
    for (const scheme of ['http', 'https', 'ftp', 'file'])
      session.protocol.handle(scheme, () => new Response(null, { status: 403 }))
  // Only copying text is granted, like in any browser.
  const isGranted = (permission: string): boolean => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, respond) => respond(isGranted(permission)))
  // With this check alone a page lists the output devices by name. Recording is a request, which is never granted.
  session.setPermissionCheckHandler(
    (_contents, permission, _origin, { mediaType }) =>
      isGranted(permission) || (permission === 'media' && mediaType === 'audio'),
  )
}

/** Allows no other page and no second window, in everything that will show a page. */
export function lockNavigation(app: Pick<App, 'on'>, page: PageAddress): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, page))
}

function lockContents(contents: WebContents, page: PageAddress): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // The content security policy does not cover connections between browsers.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-frame-navigate', (details) => {
    if (!page.isOwnAddress(details.url)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => {
    if (!page.isOwnAddress(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
