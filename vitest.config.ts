import { defineConfig } from 'vitest/config';

/** Modules that a unit test must not load, neither directly nor through what it tests. */
const NOT_IN_UNITS =
  /^(nodejs-jieba|sqlite3|(?:node:)?(?:child_process|worker_threads|cluster|https?|net)|[./]+support\/shared-corpus\.js)$/;
const REFUSED = 'not-in-units:';

/** Makes a module of which only the error is left: a unit test that reaches it fails and says by what. */
const refuseInUnits = {
  name: 'not-in-units',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id.startsWith(REFUSED) ? id : null),
  load: (id: string) =>
    id.startsWith(REFUSED)
      ? `throw new Error('Unit tests do not load ${id.slice(REFUSED.length)}: name the file *.int.test.ts or test less.')`
      : null,
};

/**
 * Two projects, told apart by the file's name, so that a test stands beside the others of its room and shows in every
 * listing, failure and diff what it costs:
 * - `*.test.ts` is a unit test: a stage with five lines of input, in memory and a temporary file at most. No dictionary
 *   (`test/support/fake-analyser.ts`), database, process, server, compiled program or text from beside the project.
 * - `*.int.test.ts` is an integration test: all of those, and measurements of time over long texts.
 */
export default defineConfig({
  test: {
    poolOptions: {
      // Unit tests keep no state between files: one module graph a worker, as importing takes longer than the tests.
      threads: { maxThreads: 2, isolate: false },
      // Each worker that segments loads jieba's 260 MB; two cores gain nothing from more.
      forks: { maxForks: 2 },
    },
    projects: [
      {
        extends: true,
        plugins: [refuseInUnits],
        // An alias, because Node's own modules never reach a plugin.
        resolve: { alias: [{ find: NOT_IN_UNITS, replacement: `${REFUSED}$1` }] },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.int.test.ts'],
          pool: 'threads',
          testTimeout: 15_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.int.test.ts'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
