import { lineOf, type SourceFile } from '../source-files.ts'

/** Words and phrases of the project's old dialect. None of them has a use in plain technical English. */
const phrases = [
  'anew',
  'as (?:long|many|much|often) as one (?:likes|wants)',
  'at the (?:least|most)',
  'bur(?:ied|ies|y)',
  'dawdl\\w+',
  'for ever',
  'happenings?',
  'heirs?',
  'of (?:its|their) own accord',
  '(?:tell|telling|tells|told) of',
]

/** Between two words: spaces, or a line break with the beginning of the next line of a comment. */
const gap = '\\s+(?:(?:\\*|//|#)\\s+)?'

const dialect = new RegExp(`\\b(?:${phrases.join('|').replaceAll(' ', gap)})\\b`, 'gi')

/** Returns every use of the dialect in code, comments and texts, as `file:line: phrase`. */
export function dialectPhrases(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    [...file.text.matchAll(dialect)].map(
      ({ 0: phrase, index }) => `${file.path}:${lineOf(file, index)}: ${phrase.replace(/\W+/g, ' ')}`,
    ),
  )
}
