import { expect, test } from 'vitest'
import { ratingAfterKey, ratingAtShare, ratingName, ratingText } from '../../../renderer/ui/rating/rating.ts'

test('the pointer rates in halves, and at least half a star', () => {
  const ratings = [-0.1, 0, 0.05, 0.1, 0.11, 0.5, 0.69, 0.95, 1, 1.2].map(ratingAtShare)
  expect(ratings).toEqual([0.5, 0.5, 0.5, 0.5, 1, 2.5, 3.5, 5, 5, 5])
})

test('arrows change the rating by half a star within its bounds, and digits set it', () => {
  const afterKeys = (rating: number, keys: readonly string[]) =>
    keys.map((key) => ratingAfterKey(rating, key))
  expect(afterKeys(3, ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'])).toEqual([3.5, 3.5, 2.5, 2.5])
  expect([ratingAfterKey(5, 'ArrowUp'), ratingAfterKey(0, 'ArrowDown')]).toEqual([5, 0])
  expect(afterKeys(2.5, ['0', '3', '5', 'Home', 'End', 'Delete'])).toEqual([0, 3, 5, 0, 5, 0])
  expect(afterKeys(2.5, ['6', 'a', 'Enter', '٣', 'F1'])).toEqual(Array(5).fill(undefined))
})

test('a rating is read out in words', () => {
  expect([undefined, 0, 0.5, 4].map(ratingText)).toEqual([
    'Not rated',
    'Not rated',
    '0.5 of 5 stars',
    '4 of 5 stars',
  ])
  expect(ratingName('Kashmir')).toBe('Rating of “Kashmir”')
})
