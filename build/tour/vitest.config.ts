// How the pictures of the tour are taken: one journey, in order.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['build/tour/*.tour.ts'], expect: { poll: { timeout: 120_000 } }, pool: 'forks', maxWorkers: 1, bail: 1 },
});
