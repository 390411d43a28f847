// Choosing layers with the pointer and the keys, as trees do.
import { nextTick, type ComputedRef, type Ref } from 'vue';
import type { LayerId } from '../../../src-main/contract/document.ts';
import { useDocument } from '../../document/document-store.ts';
import type { LayerRow } from '../../document/layer-tree.ts';
import { useLayers } from '../../document/layers-store.ts';

export interface ChoosingKeys {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface LayerKeys {
  press(event: KeyboardEvent): void;
  /** The one chosen comes first; Shift takes all between, Ctrl adds and takes away. */
  choose(id: LayerId, keys: ChoosingKeys): void;
}

export function useLayerKeys(rows: ComputedRef<readonly LayerRow[]>, list: Ref<HTMLElement | undefined>): LayerKeys {
  const document = useDocument();
  const layers = useLayers();
  const ids = (): LayerId[] => rows.value.map(({ layer }) => layer.id);
  /** Where a range begins. */
  let anchor: LayerId | undefined;

  function choose(id: LayerId, { shiftKey, ctrlKey, metaKey }: ChoosingKeys): void {
    const all = ids();
    if (shiftKey && anchor !== undefined && all.includes(anchor)) {
      const [from, to] = [all.indexOf(anchor), all.indexOf(id)].sort((a, b) => a - b) as [number, number];
      document.chosen = [id, ...all.slice(from, to + 1).filter((other) => other !== id)];
      return;
    }
    anchor = id;
    if (!ctrlKey && !metaKey) document.chosen = [id];
    else if (document.chosen.includes(id)) document.chosen = document.chosen.filter((other) => other !== id);
    else document.chosen = [id, ...document.chosen];
  }

  async function focus(id: LayerId): Promise<void> {
    await nextTick();
    list.value?.querySelector<HTMLElement>(`[data-layer="${id}"]`)?.focus();
  }

  function walk(by: number, event: KeyboardEvent): void {
    const all = ids();
    const at = all.indexOf(document.chosen[0] ?? '');
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    choose(next, { shiftKey: event.shiftKey, ctrlKey: false, metaKey: false });
  }

  /** Right unfolds a group, left folds it or goes to what holds the layer. */
  function fold(opens: boolean): void {
    const row = rows.value.find(({ layer }) => layer.id === document.chosen[0]);
    if (!row) return;
    const isGroup = row.layer.kind === 'group';
    const isFolded = layers.folded.has(row.layer.id);
    if (isGroup && isFolded === opens) return layers.toggleFold(row.layer.id);
    if (!opens && ids().includes(row.group)) document.chosen = [row.group];
  }

  const acts: Readonly<Record<string, (event: KeyboardEvent) => void | Promise<void>>> = {
    ArrowUp: (event) => (event.altKey ? layers.shift(1) : walk(-1, event)),
    ArrowDown: (event) => (event.altKey ? layers.shift(-1) : walk(1, event)),
    ArrowLeft: () => fold(false),
    ArrowRight: () => fold(true),
    Home: (event) => walk(-rows.value.length, event),
    End: (event) => walk(rows.value.length, event),
    F2: () => layers.startRename(),
    Enter: () => layers.startRename(),
    Delete: () => layers.remove(),
    Backspace: () => layers.remove(),
    ' ': () => layers.toggle('visible'),
  };

  async function perform(act: (event: KeyboardEvent) => void | Promise<void>, event: KeyboardEvent): Promise<void> {
    await act(event);
    const [active] = document.chosen; // A row that was moved or removed has lost the focus.
    if (active !== undefined && layers.renaming === undefined) await focus(active);
  }

  return {
    choose,
    press(event) {
      const onRow = event.target instanceof HTMLElement && event.target.dataset['layer'] !== undefined;
      if (!onRow || event.ctrlKey || event.metaKey || (event.altKey && !event.key.startsWith('Arrow'))) return; // Alt+Backspace fills.
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      void perform(act, event);
    },
  };
}
