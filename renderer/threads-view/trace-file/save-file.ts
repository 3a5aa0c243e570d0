/** Lets the browser save a file in the folder that the user or the settings choose. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has opened the content by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
