// The processor as far as results depend on it: equal features and threads give equal bits.
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus } from 'node:os';

export interface Processor {
  readonly model: string;
  readonly architecture: string;
  /** Cores that this process may use. */
  readonly cores: number;
  /** Instruction sets by which the runtime chooses its kernels; empty where the system does not tell. */
  readonly features: readonly string[];
}

/** Kernels of the runtime differ between these. */
const decisive = ['sse4_1', 'avx', 'fma', 'avx2', 'avx512f', 'avx512_vnni', 'avx_vnni', 'amx_tile', 'asimd', 'asimddp', 'i8mm', 'sve'];

export function describeProcessor(): Processor {
  const listed = listedFeatures();
  return {
    model: cpus()[0]?.model.trim() || 'unknown',
    architecture: arch(),
    cores: availableParallelism(),
    features: decisive.filter((feature) => listed.has(feature)),
  };
}

function listedFeatures(): ReadonlySet<string> {
  if (process.platform !== 'linux') return new Set();
  try {
    const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'));
    return new Set(line?.[1]?.split(/\s+/));
  } catch {
    // A sandbox may hide /proc; the features are then simply not known.
    return new Set();
  }
}
