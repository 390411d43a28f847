// What a style's statistics have missed over the last crops: their mean, not each crop, shall be the painting's.
import { scalar, sizeOf, tensor, type Tensor } from '../tensor/tensor.ts';
import type { StateVectors } from './state.ts';
import { memoryNameOf, memoryShareName, type MemorySlot } from './step-graph.ts';

export interface RunningStyle {
  /** What the next step of a style reads, by input name. */
  feeds(style: number): Record<string, Tensor>;
  /** Where it writes, by output name. */
  into(): Record<string, Tensor>;
  /** Takes over what was written for a style. */
  advance(style: number): void;
  /** Copies of all of it; they begin it again. */
  vectors(): Record<string, Float32Array>;
}

/** Nothing is remembered where there are no slots. `crops` ≥ 1 is about how many the mean goes back; the first ones count alike. */
export function createRunningStyle(slots: readonly MemorySlot[], { styles, crops }: { readonly styles: number; readonly crops: number }, start: StateVectors): RunningStyle {
  const kept = slots.length === 0 ? [] : Array.from({ length: styles }, (_, style) => memoryOf(slots, style, start));
  const next = new Map(slots.map(({ name, shape }) => [name, tensor(shape)]));
  return {
    feeds: (style) => {
      const memory = kept[style];
      if (!memory) return {};
      return { ...named(memory.means, memoryNameOf), [memoryShareName]: scalar(Math.max(1 / crops, 1 / (memory.seen + 1))) };
    },
    into: () => named(next, (slot) => `next.${memoryNameOf(slot)}`),
    advance: (style) => {
      const memory = kept[style];
      if (!memory) return;
      memory.seen += 1;
      for (const [slot, written] of [...next]) {
        next.set(slot, memory.means.get(slot) ?? tensor(written.shape));
        memory.means.set(slot, written);
      }
    },
    vectors: () =>
      Object.assign({}, ...kept.map(({ means, seen }, style) => ({
        ...Object.fromEntries([...means].map(([slot, { data }]) => [keptName(style, slot), Float32Array.from(data)])),
        [keptName(style, seenSlot)]: Float32Array.of(seen),
      }))),
  };
}

interface Memory {
  readonly means: Map<string, Tensor>;
  seen: number;
}

const seenSlot = 'crops';
const keptName = (style: number, slot: string): string => `memory.${style}.${slot}`;

function memoryOf(slots: readonly MemorySlot[], style: number, start: StateVectors): Memory {
  const means = new Map(slots.map(({ name, shape }) => [name, tensor(shape, Float32Array.from(start[keptName(style, name)] ?? new Float32Array(sizeOf(shape))))]));
  return { means, seen: start[keptName(style, seenSlot)]?.[0] ?? 0 };
}

function named(tensors: ReadonlyMap<string, Tensor>, nameOf: (slot: string) => string): Record<string, Tensor> {
  return Object.fromEntries([...tensors].map(([slot, each]) => [nameOf(slot), each]));
}
