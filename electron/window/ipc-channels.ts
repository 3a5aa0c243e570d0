/** The names of the messages between the window's process and Electron's main process. */
export const ipcChannels = {
  call: 'skein:call',
  watchThreads: 'skein:watchThreads',
  subscribe: 'skein:subscribe',
  event: 'skein:event',
} as const
