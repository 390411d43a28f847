// The record of an empty document: a colour to paint on, and a layer to paint with.
import { randomUUID } from 'node:crypto';
import { documentVersion, largestSidePx, rootId, type Colour, type DocumentRecord, type Layer } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { madeNames } from '../../contract/made-names.ts';
import type { LanguageTag } from '../../contract/studio-records.ts';


export interface NewDocument {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dpi?: number | undefined;
  readonly depth?: 8 | 16;
}

/** Of a layer in another program's file; one without letters is called as the program calls its own, which the page shows in its language. */
export function importedName(given: string | undefined, isGroup: boolean): string {
  return given?.trim() ? given.slice(0, 500) : madeNames.en[isGroup ? 'group' : 'paint'];
}

/** What every new layer has. */
export function layerEnvelope(name: string) {
  return { id: randomUUID(), name, visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
}

/** A document of layers, bottom to top in its root unless they stand in groups of their own. Throws document.too-large. */
export function documentOf(id: string, { name, width, height, dpi, depth }: NewDocument, layers: readonly Layer[], top = layers.map((layer) => layer.id)): DocumentRecord {
  requireFits(width, height);
  const root: Layer = { ...layerEnvelope(''), id: rootId, kind: 'group', children: top };
  return {
    formatVersion: documentVersion,
    id,
    name: name.slice(0, 500),
    width,
    height,
    dpi: Math.min(9600, Math.max(1, dpi ?? 300)),
    depth: depth ?? 8,
    layers: Object.fromEntries([root, ...layers].map((layer) => [layer.id, layer])),
  };
}

/** Throws document.too-large. */
export function requireFits(width: number, height: number): void {
  if (Math.max(width, height) > largestSidePx) throw new StudioError('document.too-large', { width, height, limit: `${largestSidePx} px` });
}

/** An empty document; without a background it is see-through. Throws document.too-large. */
export function newDocument(id: string, size: NewDocument, background: Colour | undefined, language: LanguageTag): DocumentRecord {
  const words = madeNames[language];
  const paint: Layer = { ...layerEnvelope(words.firstLayer), kind: 'raster', pixels: { x: 0, y: 0, depth: size.depth ?? 8, tiles: {} } };
  const ground: Layer[] = background ? [{ ...layerEnvelope(words.background), kind: 'fill', fill: { type: 'solid', colour: background } }] : [];
  return documentOf(id, { ...size, name: size.name.trim() || words.untitled }, [...ground, paint]);
}
