import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { HostContext } from '../../../renderer/host/host-context.ts'
import { InterruptedLibrary } from '../../../renderer/library/library-empty-states.tsx'
import { handleHostEvent } from '../../../renderer/session/host-event-handler.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import type { HostApi } from '../../../shared/host-api.ts'
import { isolate } from '../../../shared/isolate-text.ts'

test('after a crash the folder is named, and can be opened again or replaced', () => {
  const host: Partial<HostApi> = { kind: 'web' }
  const state = createElement(InterruptedLibrary, { folder: 'Music' })
  const html = renderToStaticMarkup(createElement(HostContext, { value: host as HostApi }, state))
  const texts = html.replaceAll(/<svg.*?<\/svg>/g, '').split(/<[^>]+>/)
  expect(texts.filter((text) => text !== '')).toEqual([
    `Skein ended unexpectedly while it read “${isolate('Music')}”.`,
    'A file in this folder may be the cause. Open it again, or choose another folder.',
    'Open the folder again',
    'Choose another folder…',
  ])
})

test('the question ends when a folder is open', () => {
  const asked = () => useWindow.getState().interruptedFolder
  handleHostEvent({ kind: 'library', folder: undefined, demo: false, interrupted: 'Music' })
  expect(asked()).toBe('Music')
  handleHostEvent({ kind: 'library', folder: 'Music', demo: false })
  expect(asked()).toBeUndefined()
})
