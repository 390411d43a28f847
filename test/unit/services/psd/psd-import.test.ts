// PSD files as documents: what is kept, what is told, and what is refused before it is decoded.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeCanvas, readPsd, writePsdBuffer, type Layer as PsdLayer, type Psd } from 'ag-psd';
import { describe, expect, it } from 'vitest';
import type { DocumentRecord, Layer, LayerOf } from '../../../../src-main/contract/document.ts';
import { assetIdOf, readAssets } from '../../../../src-main/services/documents/asset-files.ts';
import { mentionedIn } from '../../../../src-main/services/documents/document-check.ts';
import { glazeAssets } from '../../../../src-main/services/glaze/glaze-assets.ts';
import { glazeScene } from '../../../../src-main/services/glaze/glaze-scene.ts';
import { iccName } from '../../../../src-main/engine/image/icc-name.ts';
import { psdProfile } from '../../../../src-main/services/psd/psd-profile.ts';
import { importFile } from '../../../../src-main/services/documents/import-file.ts';
import { writePsd } from '../../../../src-main/services/psd/psd-export.ts';
import { readRaster } from '../../../../src-main/raster/tiles.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

initializeCanvas(() => ({}) as HTMLCanvasElement, (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData);

function pixels(width: number, height: number, seed: number) {
  return { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 - (i % 97) : (i * 31 + seed) & 255)) };
}

function grey(width: number, height: number) {
  return { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i >> 2) & 255)) };
}

async function imported(file: Psd | Buffer) {
  const folder = temporaryFolder();
  const assets = join(folder, 'assets');
  mkdirSync(assets);
  const path = join(folder, '画.psd');
  writeFileSync(path, Buffer.isBuffer(file) ? file : writePsdBuffer(file, { noBackground: true }));
  const { record, notes } = await importFile({ path, id: 'doc', assets, scratch: folder });
  return { record, notes, bytes: await readAssets(assets, mentionedIn(record)) };
}

const childrenOf = (record: DocumentRecord, id = 'root'): Layer[] => (record.layers[id] as LayerOf<'group'>).children.map((child) => record.layers[child]!);

describe('a PSD file that is written', () => {
  it('gives back layers, groups, masks, modes, clipping and pixels when it is read', async () => {
    const folder = temporaryFolder();
    const assets = join(folder, 'assets');
    const children: PsdLayer[] = [
      { name: 'ground', transparencyProtected: true, imageData: pixels(300, 200, 1) },
      { name: 'group', opacity: 0.4, mask: { left: 3, top: 4, right: 13, bottom: 9, defaultColor: 255, imageData: grey(10, 5) }, children: [{ name: 'paint', left: 7, top: 8, imageData: pixels(40, 30, 3), blendMode: 'vivid light' }, { name: 'clipped', imageData: pixels(20, 20, 2), clipping: true, hidden: true }] },
    ];
    mkdirSync(assets);
    writeFileSync(join(folder, 'a.psd'), writePsdBuffer({ width: 320, height: 200, children }, { noBackground: true }));
    const first = await importFile({ path: join(folder, 'a.psd'), id: 'doc', assets, scratch: folder });
    await writePsd(glazeScene(first.record, glazeAssets(assets), new Map()), join(folder, 'b.psd'));
    const second = await importFile({ path: join(folder, 'b.psd'), id: 'doc', assets, scratch: folder });
    const read = await readAssets(assets, [...mentionedIn(first.record), ...mentionedIn(second.record)]);
    const [before, after] = [first.record, second.record].map((record) => described(record, read));
    expect(after).toEqual(before);
    expect(second.notes).toEqual([]);
    const written = readFileSync(join(folder, 'b.psd'));
    expect(iccName(psdProfile(written) ?? new Uint8Array())).toMatch(/^sRGB/);
    expect(readPsd(written, { useImageData: true }).imageResources?.resolutionInfo?.horizontalResolution).toBe(first.record.dpi);
    const [ground, group] = childrenOf(second.record);
    expect([ground!['alphaLocked'], group!['alphaLocked']]).toEqual([true, undefined]);
  });
});

/** Layers without ids, their tiles as pixels over the document. */
function described(record: DocumentRecord, bytes: ReadonlyMap<string, Uint8Array>, id = 'root'): unknown[] {
  const whole = { x: -20, y: -20, width: record.width + 40, height: record.height + 40 };
  const hash = (raster: LayerOf<'raster'>['pixels'] | undefined): unknown => raster && assetIdOf(readRaster(raster, whole, (asset) => bytes.get(asset)).data as Uint8Array);
  return childrenOf(record, id).map((layer) => {
    const { name, opacity, visible, locked, blend, clip, kind, mask } = layer;
    const inside = layer.kind === 'group' ? described(record, bytes, layer.id) : hash((layer as LayerOf<'raster'>).pixels);
    return { name, opacity, visible, locked, alphaLocked: layer['alphaLocked'], blend, clip, kind, mask: mask && [hash(mask), mask.outside, mask.enabled], inside };
  });
}

describe('a PSD file', () => {
  it('has names for its nameless layers', async () => {
    const nameless = (name: string): PsdLayer => ({ name, imageData: pixels(4, 4, 1) });
    const { record } = await imported({ width: 8, height: 8, children: [nameless(''), { name: ' ', children: [nameless('inside')] }] });
    expect(childrenOf(record).map(({ name }) => name)).toEqual(['Paint', 'Group']);
  });

  it('keeps layers, groups, masks, blend modes, opacity, clipping, names and pixels', async () => {
    const paint = pixels(300, 40, 5);
    const children: PsdLayer[] = [
      { name: 'ground', left: 0, top: 0, imageData: pixels(320, 200, 1) },
      {
        name: '组',
        blendMode: 'normal',
        opacity: 0.6,
        children: [
          { name: 'paint', left: -20, top: 30, imageData: paint, blendMode: 'linear dodge', opacity: 0.4, hidden: true },
          { name: 'clipped', left: 5, top: 6, imageData: pixels(10, 10, 9), clipping: true, blendMode: 'color burn', mask: { left: 4, top: 5, right: 12, bottom: 15, defaultColor: 255, imageData: grey(8, 10) } },
        ],
      },
    ];
    const { record, notes, bytes } = await imported({ width: 320, height: 200, children, imageResources: { resolutionInfo: { horizontalResolution: 100, verticalResolution: 100, horizontalResolutionUnit: 'PPCM', verticalResolutionUnit: 'PPCM', widthUnit: 'Centimeters', heightUnit: 'Centimeters' } } });
    expect(notes).toEqual([]);
    expect(record).toMatchObject({ name: '画', width: 320, height: 200, dpi: 254 });
    const [ground, group] = childrenOf(record);
    expect(ground).toMatchObject({ name: 'ground', kind: 'raster', blend: 'normal', visible: true });
    expect(group).toMatchObject({ name: '组', kind: 'group', opacity: 0.6 });
    const [inner, clipped] = childrenOf(record, group!.id) as [LayerOf<'raster'>, LayerOf<'raster'>];
    expect(inner).toMatchObject({ name: 'paint', blend: 'plus', opacity: 0.4, visible: false, pixels: { x: -20, y: 30 } });
    expect(clipped).toMatchObject({ clip: true, blend: 'color-burn', mask: { x: 4, y: 5, outside: 255, enabled: true } });
    const read = (id: string) => bytes.get(id);
    expect([...readRaster(inner.pixels, { x: -20, y: 30, width: 300, height: 40 }, read).data]).toEqual([...paint.data]);
    const mask = readRaster(clipped.mask!, { x: 3, y: 5, width: 9, height: 10 }, read).data;
    expect([...mask.subarray(0, 9)]).toEqual([255, 0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tells what it cannot keep', async () => {
    const { record, notes } = await imported({
      width: 64,
      height: 64,
      children: [
        { name: 'base', imageData: pixels(64, 64, 1) },
        { name: 'levels', adjustment: { type: 'invert' } },
        { name: 'odd', imageData: pixels(4, 4, 1), blendMode: 'hard mix', effects: { dropShadow: [{ enabled: true, blendMode: 'multiply', opacity: 1, size: { units: 'Pixels', value: 3 }, distance: { units: 'Pixels', value: 3 }, angle: 30, color: { r: 0, g: 0, b: 0 } }] } },
        { name: 'through', blendMode: 'pass through', children: [{ name: 'm', blendMode: 'multiply', imageData: pixels(4, 4, 2) }] },
      ],
    });
    expect(notes.map(({ key, details }) => [key, details?.['layer']])).toEqual([
      ['psd.adjustment-left-out', 'levels'],
      ['psd.effects-left-out', 'odd'],
      ['psd.blend-changed', 'odd'],
      ['psd.group-isolated', 'through'],
    ]);
    expect(childrenOf(record).map(({ name }) => name)).toEqual(['base', 'odd', 'through']);
  });

  it('without layers opens flattened', async () => {
    const [width, height] = [30, 20];
    const planes = Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) & 255));
    const header = Buffer.alloc(26);
    header.write('8BPS', 'latin1');
    for (const [value, at] of [[1, 4], [3, 12], [8, 22], [3, 24]] as const) header.writeUInt16BE(value, at);
    header.writeUInt32BE(height, 14);
    header.writeUInt32BE(width, 18);
    const { record, notes, bytes } = await imported(Buffer.concat([header, Buffer.alloc(12), Buffer.alloc(2), planes]));
    expect(notes).toEqual([{ key: 'psd.flattened', details: { file: '画.psd' } }]);
    const [layer] = childrenOf(record) as [LayerOf<'raster'>];
    const read = readRaster(layer.pixels, { x: 0, y: 0, width, height }, (id) => bytes.get(id)).data;
    const count = width * height;
    expect([...read]).toEqual(Array.from({ length: count }, (_, i) => [planes[i], planes[i + count], planes[i + 2 * count], 255]).flat());
  });

  it('that lies about itself is refused', async () => {
    const good = writePsdBuffer({ width: 64, height: 48, children: [{ name: 'a', imageData: pixels(64, 48, 1) }] });
    const changed = (change: (bytes: Buffer) => void): Buffer => {
      const bytes = Buffer.from(good);
      change(bytes);
      return bytes;
    };
    const refused = [
      Buffer.from('8BPS'),
      good.subarray(0, 60),
      good.subarray(0, good.length >> 2),
      changed((bytes) => bytes.writeUInt32BE(300_000, 14)),
      changed((bytes) => bytes.writeUInt16BE(2, 4)),
      changed((bytes) => bytes.writeUInt16BE(32, 22)),
      changed((bytes) => bytes.writeUInt16BE(4, 24)),
    ];
    for (const bytes of refused) await expect(imported(bytes)).rejects.toMatchObject({ code: expect.stringMatching(/^(file\.not-a-document|document\.too-large)$/) as string });
    // whatever byte is wrong, it is refused or read, and nothing else
    for (let at = 0; at < good.length; at += Math.ceil(good.length / 150)) {
      const bytes = changed((copy) => (copy[at] = copy[at]! ^ 0xff));
      const code = await imported(bytes).then(() => 'read', ({ code }: { code: string }) => code);
      expect(code).toMatch(/^(read|file\.not-a-document|document\.too-large|picture\.not-a-picture)$/);
    }
  });
});
