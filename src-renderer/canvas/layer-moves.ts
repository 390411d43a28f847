// Layers moved by whole px, and a document cut to a rectangle, as changes to the record.
import type { Change } from '../../src-main/contract/changes.ts';
import { rootId, type DocumentRecord, type LayerId } from '../../src-main/contract/document.ts';
import type { Region } from '../../src-main/contract/image.ts';
import { editRecord, type RecordEdit } from '../document/record-edit.ts';

function move(edit: RecordEdit, id: LayerId, dx: number, dy: number): void {
  const layer = edit.record().layers[id];
  if (!layer) return;
  const at = (...path: string[]): string[] => ['layers', id, ...path];
  if ('pixels' in layer) {
    const { x, y } = layer.pixels as { readonly x: number; readonly y: number };
    edit.set(at('pixels', 'x'), x + dx);
    edit.set(at('pixels', 'y'), y + dy);
  }
  if (layer.mask) {
    edit.set(at('mask', 'x'), layer.mask.x + dx);
    edit.set(at('mask', 'y'), layer.mask.y + dy);
  }
  switch (layer.kind) {
    case 'image': {
      const [a, b, c, d, e, f] = layer.transform;
      return edit.set(at('transform'), [a, b, c, d, e + dx, f + dy]);
    }
    case 'text':
      return edit.set(at('at'), [layer.at[0] + dx, layer.at[1] + dy]);
    case 'fill': {
      const { fill } = layer;
      if (fill.type === 'solid') return;
      return edit.set(at('fill'), { ...fill, from: [fill.from[0] + dx, fill.from[1] + dy], to: [fill.to[0] + dx, fill.to[1] + dy] });
    }
    case 'glaze': {
      const styles = layer.settings.styles.map((style) => (style.mask ? { ...style, mask: { ...style.mask, x: style.mask.x + dx, y: style.mask.y + dy } } : style));
      return styles.some((style, index) => style !== layer.settings.styles[index]) ? edit.set(at('settings', 'styles'), styles) : undefined;
    }
    case 'group':
      return layer.children.forEach((child) => move(edit, child, dx, dy));
    case 'raster':
      return;
  }
}

/** Layers not already moved with a group that is named, too. */
export function outermost(record: DocumentRecord, ids: readonly LayerId[]): LayerId[] {
  const within = new Set(ids.flatMap((id) => descendants(record, id)));
  return ids.filter((id) => !within.has(id));
}

export function descendants(record: DocumentRecord, id: LayerId): LayerId[] {
  const layer = record.layers[id];
  return layer?.kind === 'group' ? layer.children.flatMap((child) => [child, ...descendants(record, child)]) : [];
}

/** dx and dy are whole. */
export function moveLayers(record: DocumentRecord, ids: readonly LayerId[], dx: number, dy: number): readonly Change[] {
  const edit = editRecord(record);
  if (dx !== 0 || dy !== 0) for (const id of outermost(record, ids)) move(edit, id, dx, dy);
  return edit.changes();
}

/** What lies outside is kept in the layers. */
export function cropDocument(record: DocumentRecord, { x, y, width, height }: Region): readonly Change[] {
  const edit = editRecord(record);
  edit.set(['width'], width);
  edit.set(['height'], height);
  if (x !== 0 || y !== 0) move(edit, rootId, -x, -y);
  return edit.changes();
}
