// What must hold of a record before it is believed: its shape, its tree of layers, and that the pixels it names are there.
import * as v from 'valibot';
import type { Change, Json } from '../../contract/changes.ts';
import { documentSchema, layerSchema, rootId, type AssetId, type DocumentRecord, type LayerId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { complaintOf } from '../../contract/schema.ts';

/** Groups inside groups. */
export const deepestNesting = 64;

/** Of one document, its root included. */
const mostLayers = 2001;

/** A whole record from outside; unknown fields stay. Throws document.corrupt. */
export function checkRecord(value: unknown): DocumentRecord {
  const checked = v.safeParse(documentSchema, value);
  if (!checked.success) throw corrupt(value, complaintOf(checked.issues));
  const record = value as DocumentRecord;
  const complaint = treeComplaint(record);
  if (complaint !== undefined) throw corrupt(value, complaint);
  return record;
}

function corrupt(value: unknown, reason: string): StudioError {
  const name = typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
  return new StudioError('document.corrupt', { document: name.slice(0, 100), reason });
}

/** A record after changes to one that was well: only what they touch is looked at. Throws document.conflict. */
export function checkChanged(record: DocumentRecord, changes: readonly Change[]): void {
  const refuse = (path: string, reason: string): never => {
    throw new StudioError('document.conflict', { path: `${path}: ${reason}` });
  };
  const layers = new Set<LayerId>();
  for (const { path } of changes) {
    const [first, id] = path;
    if (first === 'id' || first === 'formatVersion') refuse(first, 'never changes');
    if (first === 'layers' && id !== undefined) layers.add(id);
  }
  for (const id of layers) {
    const layer = record.layers[id];
    if (layer === undefined) continue;
    const checked = v.safeParse(layerSchema, layer);
    if (!checked.success) refuse(`layers/${id}`, complaintOf(checked.issues));
  }
  if (changes.some(({ path }) => path[0] !== 'layers' || path.length < 2)) {
    const checked = v.safeParse(documentSchema, { ...record, layers: {} });
    if (!checked.success) refuse('document', complaintOf(checked.issues));
    if (changes.some(({ path }) => path.length < 2 && path[0] === 'layers')) checkRecord(record);
  }
  const shapesTree = changes.some(({ path }) => path[0] === 'layers' && (path.length <= 2 || path[2] === 'children' || path[2] === 'id' || path[2] === 'kind'));
  const complaint = shapesTree ? treeComplaint(record) : undefined;
  if (complaint !== undefined) refuse('layers', complaint);
}

/** Every layer stands in exactly one group, below the root, not too deep. */
function treeComplaint({ layers }: DocumentRecord): string | undefined {
  const count = Object.keys(layers).length;
  if (count > mostLayers) return `has ${count} layers`;
  if (layers[rootId]?.kind !== 'group') return 'has no root group';
  const seen = new Set<LayerId>([rootId]);
  const walk = (group: LayerId, depth: number): string | undefined => {
    const layer = layers[group];
    if (layer?.kind !== 'group') return undefined;
    if (depth > deepestNesting) return 'groups are nested too deep';
    for (const child of layer.children) {
      if (!layers[child]) return `group ${group} names a layer that is not there`;
      if (seen.has(child)) return `layer ${child} stands in two places`;
      seen.add(child);
      const complaint = walk(child, depth + 1);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
  const complaint = walk(rootId, 0);
  if (complaint !== undefined) return complaint;
  const misnamed = Object.entries(layers).find(([id, layer]) => layer.id !== id);
  if (misnamed) return `layer ${misnamed[0]} has another id inside`;
  return seen.size === count ? undefined : 'a layer stands in no group';
}

/** Assets that must be there for changes to hold. */
export function neededBy(changes: readonly Change[]): Set<AssetId> {
  const found = new Set<AssetId>();
  for (const { path, after } of changes) collectNeeded(path.at(-1) ?? '', path.at(-2) ?? '', after, found);
  return found;
}

/** Every asset a record cannot do without. */
export function neededByRecord(record: DocumentRecord): Set<AssetId> {
  const found = new Set<AssetId>();
  collectNeeded('layers', '', record.layers as unknown as Json, found);
  return found;
}

function collectNeeded(key: string, parent: string, value: Json | undefined, found: Set<AssetId>): void {
  if (typeof value === 'string') {
    if (parent === 'tiles' || key === 'source' || key === 'statistics') found.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (Array.isArray(value)) value.forEach((inner: Json) => collectNeeded('', key, inner, found));
    return;
  }
  for (const [inner, below] of Object.entries(value)) collectNeeded(inner, key, below, found);
}

/** Everything in a value that may be the name of an asset: what a sweep must leave alone. */
export function mentionedIn(value: unknown, found = new Set<AssetId>()): Set<AssetId> {
  if (typeof value === 'string') {
    if (value.length === 64 && /^[0-9a-f]{64}$/.test(value)) found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) mentionedIn(inner, found);
  }
  return found;
}
