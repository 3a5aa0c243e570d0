import { defineTargets, type Queue } from '@skein/threading'

export function countPrimes(below: number, found: Queue<number>): void {
  let count = 0
  for (let number = 2; number < below; number++) if (isPrime(number)) count++
  found.put(count)
}
defineTargets({ countPrimes })

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false
  return true
}
