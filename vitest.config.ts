// How the tests run: in processes of their own, at most two at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } }, // a busy machine is late, not wrong
    pool: 'forks',
    maxWorkers: 2,
  },
});
