// The doctor on the command line: refusals in its answer, nothing native on standard error.
import { expect, test } from 'vitest';
import { vulkanMissing } from '../../../src-main/engine/runtime/vulkan-loader.ts';
import { runCli } from './run-cli.ts';

// A Vulkan loader without a driver speaks for itself.
test.skipIf(vulkanMissing() === undefined)('devices that are not here are refused in words, and standard error stays clean', async () => {
  const run = await runCli(['doctor'], { environment: { LD_LIBRARY_PATH: '' } });
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(run.stdout).toMatch(/cpu +true/);
});
