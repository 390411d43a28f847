// What a native failure means: its code, and its reason in one line.
import { StudioError, type FaultCode, type FaultDetails } from '../../contract/fault.ts';

const memoryWords = /bad.?alloc|out of memory|failed to allocate|allocation fail|E_OUTOFMEMORY|array buffer allocation/i;

/** A native failure as a fault: `code`, or session.out-of-memory where the message speaks of memory. */
export function runtimeFault(code: FaultCode, thrown: unknown, details: FaultDetails): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const kind = memoryWords.test(message) ? 'session.out-of-memory' : code;
  return new StudioError(kind, { ...details, reason: oneLine(message) }, { cause: thrown });
}

/** Native messages carry source paths, signatures and failed conditions; the artist needs what follows them. */
function oneLine(message: string): string {
  const line = message
    .replace(/\/\S+\.(cc|h):\d+\s*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^.*\bwas false\. /, '')
    .replace(/^\[ONNXRuntimeError\] : \d+ : \w+ : /, '')
    .trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
