/** The names that the window's process and Electron's main process know each other's messages by. */
export const ipcChannels = {
  call: 'skein:call',
  watchThreads: 'skein:watchThreads',
  subscribe: 'skein:subscribe',
  event: 'skein:event',
} as const
