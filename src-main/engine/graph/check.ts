// What a graph must keep to before it is written: operators that every provider runs.
import { StudioError } from '../../contract/fault.ts';
import { print } from './print.ts';
import { reachable, type AnyOp, type Value } from './value.ts';

const leaves: ReadonlySet<string> = new Set(['Input', 'Constant']);

/** Passes a graph all of whose operators are allowed. Throws graph.illegal with the listing of the first that is not. */
export function check(outputs: readonly Value[], allowed: ReadonlySet<string>): void {
  const stranger = reachable(outputs).find(({ op }) => !leaves.has(op.operator) && !allowed.has(nameOf(op)));
  if (!stranger) return;
  const line = print([stranger]).split('\n').at(-1) ?? '';
  throw new StudioError('graph.illegal', { reason: `operator ${nameOf(stranger.op)} is not allowed: ${line}` });
}

/** An operator's name, with its domain where it is not ONNX's own. */
function nameOf({ operator, domain }: AnyOp): string {
  return domain ? `${domain.name}.${operator}` : operator;
}
