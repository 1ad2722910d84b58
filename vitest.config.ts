import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,contracts,services,infrastructure,simulators,local-aws,dev}/**/*.test.ts',
            'tests/{auditor,fuzz,load,replay}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**'],
          // For what hangs: on a busy machine anything may take seconds.
          testTimeout: 20_000,
          hookTimeout: 20_000,
          // One a core: some wait for other programs.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file starts a stack of its own, which has two threads and a process of simulators.
          maxWorkers: 2,
          globalSetup: 'tests/grants/record-rights.ts',
        },
      },
      {
        test: {
          name: 'grants',
          include: ['tests/grants/**/*.test.ts'],
          // After every system test: what they did is what it compares with.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
