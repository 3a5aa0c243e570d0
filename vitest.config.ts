import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    // Real processes: threads that block and processes that end must not share one with the runner.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
