import { forwardHostCalls, type HostApi, type HostCallName, type HostEvent } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'

type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** Talks over HTTP to the web host, with the token from the page's own address. */
export function connectWebHost(): HostApi {
  const token = new URLSearchParams(location.search).get('token') ?? ''
  const query = `token=${encodeURIComponent(token)}`
  /** Names this page among those that are open. */
  const page = crypto.randomUUID()
  let isWatching = false

  async function call(name: HostCallName | 'watchThreads', args: readonly unknown[]): Promise<unknown> {
    const result = await post(name, args).catch(() => undefined)
    if (result === undefined) throw new Error(m.shell_host_unreachable())
    if (!result.ok) throw new Error(result.message)
    return result.value
  }

  async function post(name: string, args: readonly unknown[]): Promise<CallResult> {
    const headers = { 'Content-Type': 'application/json', 'X-Skein-Token': token, 'X-Skein-Page': page }
    // What a page says as it is left is still sent.
    const request = { method: 'POST', headers, body: JSON.stringify(args), keepalive: true }
    const response = await fetch(`/api/call/${name}`, request)
    return response.ok ? await response.json() : { ok: false, message: (await response.text()).trim() }
  }

  async function watchThreads(on: boolean): Promise<void> {
    isWatching = on
    await call('watchThreads', [on])
  }

  const listeners = new Set<(event: HostEvent) => void>()
  let stream: EventSource | undefined

  function tell(event: HostEvent): void {
    for (const listener of listeners) listener(event)
  }

  /** Opens the stream anew, and with it the host begins anew for this page. */
  function openStream(): void {
    const opened = new EventSource(`/api/events?${query}&page=${page}`)
    stream?.close()
    stream = opened
    opened.onmessage = ({ data }) => tell(JSON.parse(data))
    let breaks = 0
    // The browser connects again by itself after a break.
    opened.onopen = () => {
      breaks = 0
      if (isWatching) void watchThreads(true).catch(() => undefined)
    }
    opened.onerror = () => {
      breaks++
      // The second break in a row is an attempt to connect again that failed.
      if (opened.readyState === EventSource.CLOSED || breaks === 2)
        tell({ kind: 'failure', message: m.shell_host_unreachable() })
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
    coverUrl: (id) => `/cover/${id}?${query}`,
  }
}
