// The minimal program that shows a window, compared with Skein's start.
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 760, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadURL('data:text/html,<title>Bare</title><h1>A bare window</h1>')
})
