// One property of the chosen layers that follows the hand and is one step of history.
import { onScopeDispose } from 'vue';
import { useDocument } from './document-store.ts';
import { setProp } from './layer-changes.ts';
import { createLiveEdit } from './live-edit.ts';

export interface LiveProp {
  /** `key` names the step: history.layer.KEY. */
  set(key: string, path: readonly string[], value: unknown): void;
  /** The hand has let go. */
  done(): void;
}

export function useLiveProp(): LiveProp {
  const document = useDocument();
  const live = createLiveEdit(document);
  onScopeDispose(live.end);
  return {
    set(key, path, value) {
      const ids = [...document.chosen];
      const [first] = ids;
      if (first === undefined) return;
      const name = document.record?.layers[first]?.name ?? '';
      live.set([...path, ...ids].join('/'), { key: `layer.${key}`, details: { name } }, (record) =>
        ids.filter((id) => id in record.layers).flatMap((id) => setProp(record, id, path, value)),
      );
    },
    done: () => live.finish(),
  };
}
