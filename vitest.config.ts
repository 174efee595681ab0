import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each worker that segments loads jieba's 260 MB; two cores gain nothing from more.
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2 } },
  },
});
