// The way to the host's addresses for bytes: as fetch, but a host that is gone is said to be gone.
import { StudioError } from '../../src-main/contract/fault.ts';

/** Throws host.lost where nobody answers. */
export async function reachHost(...request: Parameters<typeof fetch>): Promise<Response> {
  try {
    return await fetch(...request);
  } catch (thrown) {
    throw new StudioError('host.lost', {}, { cause: thrown });
  }
}
