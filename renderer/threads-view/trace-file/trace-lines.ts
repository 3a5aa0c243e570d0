/** A line that is longer is cut: only the kernel's text is, which is not read back. */
const maxLineLength = 2 ** 20

/** The lines of a text file, piece by piece, without their ends. */
export async function* readLines(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader()
  let begun = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = value.split('\n')
    for (const [index, line] of lines.entries()) {
      if (begun.length < maxLineLength) begun += line
      if (index === lines.length - 1) break
      yield begun
      begun = ''
    }
  }
  if (begun !== '') yield begun
}
