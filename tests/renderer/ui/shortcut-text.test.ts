import { expect, test } from 'vitest'
import { formatShortcut } from '../../../renderer/ui/utils/shortcut-text.ts'

test('a shortcut is written the way the system writes keys', () => {
  expect(formatShortcut('threads', false)).toBe('Ctrl+Shift+T')
  expect(formatShortcut('threads', true)).toBe('⇧⌘T')
  expect(formatShortcut('next', false)).toBe('Ctrl+Right')
  expect(formatShortcut('next', true)).toBe('⌘→')
  expect(formatShortcut('playPause', false)).toBe('Space')
})
