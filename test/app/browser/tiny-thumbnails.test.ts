// Small pictures of tiny documents: every px as it is, however large it is shown.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tileSidePx, type Layer } from '../../../src-main/contract/document.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
const white = [255, 255, 255, 255];
const red = [200, 0, 0, 255];

beforeAll(async () => {
  const envelope = { visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
  const paint = { ...envelope, id: 'paint', name: 'Chequer', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': 'chequer' } } } as Layer;
  opened = await openScriptedPage({ 'documents.sample': () => openedDocument({ width: 8, height: 8, layers: { paint }, children: ['paint'] }) });
  const chequer = Array.from({ length: tileSidePx ** 2 }, (_, i) => ((i % tileSidePx) + Math.floor(i / tileSidePx)) % 2 === 0 ? red : white);
  opened.studio.assets.set('chequer', Uint8Array.from(chequer.flat()));
});
afterAll(() => opened?.close());

test('a layer of 8 px is drawn px by px, not from squares of eight', async () => {
  await opened.openDocument();
  const canvas = opened.page.getByRole('treeitem', { name: /^Chequer/ }).locator('canvas').first();
  await canvas.waitFor();
  const drawn = () => canvas.evaluate((element: HTMLCanvasElement) => [...element.getContext('2d')!.getImageData(0, 0, 2, 1).data]);
  await expect.poll(drawn).toEqual([...red, ...white]);
});
