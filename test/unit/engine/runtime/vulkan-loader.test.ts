// WebGPU is refused in words where Vulkan is missing, instead of by a native warning on standard error.
import { expect, test } from 'vitest';
import { vulkanMissing } from '../../../../src-main/engine/runtime/vulkan-loader.ts';

test.skipIf(process.platform !== 'linux')('a library that is not there is named; one that is there is no reason to refuse', () => {
  expect(vulkanMissing('libno-such-library.so.9')).toMatch(/Vulkan library is not there: libno-such-library\.so\.9/);
  expect(vulkanMissing('libm.so.6')).toBeUndefined();
});

test('other systems need no Vulkan', () => {
  expect(vulkanMissing('libno-such-library.so.9', 'darwin')).toBeUndefined();
  expect(vulkanMissing('libno-such-library.so.9', 'win32')).toBeUndefined();
});
