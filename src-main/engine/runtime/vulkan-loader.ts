// Whether this machine has the Vulkan loader, without which WebGPU on Linux only prints a warning and fails.
const loader = 'libvulkan.so.1';
/** A library that loads but is no addon of Node.js. */
const noAddon = /did not self-register/i;

/** Why WebGPU cannot start on Linux, in words; nothing where the library can be loaded or another system needs none. */
export function vulkanMissing(library: string = loader, platform: string = process.platform): string | undefined {
  if (platform !== 'linux') return undefined;
  try {
    process.dlopen({ exports: {} }, library);
    return undefined;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return noAddon.test(reason) ? undefined : `the Vulkan library is not there: ${reason.split('\n')[0] ?? ''}`;
  }
}
