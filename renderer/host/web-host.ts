import { forwardHostCalls, type HostApi, type HostCallName, type HostEvent } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'

type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** Characters of a request that may outlive the page at any time. */
const maxKeepaliveLength = 4096
const tokenKey = 'token'

/**
 * Returns the token from the page's address, and removes it there: an address is kept in the browser's history and shown
 * to others. The session's storage has it when the page is loaded again, from an address that needs no token: a browser that
 * opens the bare address gets a sentence from the host instead.
 */
function takeToken(): string {
  const address = new URL(location.href)
  const token = address.searchParams.get('token')
  if (token === null) return sessionStorage.getItem(tokenKey) ?? ''
  sessionStorage.setItem(tokenKey, token)
  address.searchParams.delete('token')
  address.pathname = '/index.html'
  history.replaceState(history.state, '', address)
  return token
}

/** The first line has the labels, the second one the tracks. */
function parseStoredTracksEvent(data: string): HostEvent {
  const lineBreak = data.indexOf('\n')
  return {
    kind: 'storedTracks',
    labels: JSON.parse(data.slice(0, lineBreak)),
    text: data.slice(lineBreak + 1),
  }
}

/** Connects to the web host over HTTP, with the token that its address brought. */
export function connectWebHost(): HostApi {
  const token = takeToken()
  const query = `token=${encodeURIComponent(token)}`
  /** Identifies this page among all open ones. */
  const page = crypto.randomUUID()
  let isWatching = false
  let isLeaving = false
  addEventListener('pagehide', () => {
    isLeaving = true
  })
  addEventListener('pageshow', () => {
    isLeaving = false
  })

  async function call(name: HostCallName | 'watchThreads', args: readonly unknown[]): Promise<unknown> {
    const result = await post(name, args).catch(() => undefined)
    if (result === undefined) throw new Error(m.shell_host_unreachable())
    if (!result.ok) throw new Error(result.message)
    return result.value
  }

  async function post(name: string, args: readonly unknown[]): Promise<CallResult> {
    const headers = { 'Content-Type': 'application/json', 'X-Skein-Token': token, 'X-Skein-Page': page }
    const body = JSON.stringify(args)
    const request = { method: 'POST', headers, body }
    // `keepalive` lets a request finish after the page was left. Browsers limit the size of all such requests together.
    const keepalive = isLeaving || body.length < maxKeepaliveLength
    const send = async (options: RequestInit) => await fetch(`/api/call/${name}`, options)
    const response = await send({ ...request, keepalive }).catch(async () => await send(request))
    return response.ok ? await response.json() : { ok: false, message: (await response.text()).trim() }
  }

  async function watchThreads(on: boolean): Promise<void> {
    isWatching = on
    await call('watchThreads', [on])
  }

  const listeners = new Set<(event: HostEvent) => void>()
  let stream: EventSource | undefined

  function emit(event: HostEvent): void {
    for (const listener of listeners) listener(event)
  }

  /** Opens the stream again, which makes the host send everything from the beginning. */
  function openStream(): void {
    const source = new EventSource(`/api/events?${query}&page=${page}`)
    stream?.close()
    stream = source
    source.onmessage = ({ data }) => emit(JSON.parse(data))
    source.addEventListener('storedTracks', ({ data }) => emit(parseStoredTracksEvent(data)))
    let errorCount = 0
    // The browser reconnects automatically.
    source.onopen = () => {
      errorCount = 0
      if (isWatching) void watchThreads(true).catch(() => undefined)
    }
    source.onerror = () => {
      errorCount++
      // After a second error in a row, the reconnection has failed.
      if (source.readyState === EventSource.CLOSED || errorCount === 2)
        emit({ kind: 'failure', message: m.shell_host_unreachable() })
    }
  }

  function subscribe(listener: (event: HostEvent) => void): () => void {
    listeners.add(listener)
    openStream()
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) stream?.close()
    }
  }

  return {
    kind: 'web',
    ...forwardHostCalls(call),
    subscribe,
    watchThreads,
    trackUrl: (id) => `/media/${id}?${query}`,
    coverUrl: (id, size) => `/cover/${id}?${size === undefined ? '' : `size=${size}&`}${query}`,
  }
}
