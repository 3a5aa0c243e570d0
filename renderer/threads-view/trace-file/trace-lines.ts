/** Longer lines are cut. Only the kernel's text is longer, and it is not read. */
const maxLineLength = 2 ** 20

/** Returns the lines of a text file without their ends, piece by piece. */
export async function* readLines(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader()
  let partial = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = value.split('\n')
    for (const [index, line] of lines.entries()) {
      if (partial.length < maxLineLength) partial += line
      if (index === lines.length - 1) break
      yield partial
      partial = ''
    }
  }
  if (partial !== '') yield partial
}
