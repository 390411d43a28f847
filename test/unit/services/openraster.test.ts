// OpenRaster files: as the specification writes them, whole when they come back, safe from anybody.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DocumentRecord, Layer, LayerOf, Mask, Raster } from '../../../src-main/contract/document.ts';
import { assetIdOf, writeAsset } from '../../../src-main/services/documents/asset-files.ts';
import { glazeAssets } from '../../../src-main/services/glaze/glaze-assets.ts';
import { glazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { importFile } from '../../../src-main/services/documents/import-file.ts';
import { documentOf, layerEnvelope } from '../../../src-main/services/documents/new-document.ts';
import { writeOra } from '../../../src-main/services/openraster/ora-export.ts';
import { readXml, type XmlElement } from '../../../src-main/services/openraster/xml-reader.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A tile with every alpha, colours under see-through pixels included. */
function tile(depth: 8 | 16, seed: number): Uint8Array {
  const samples = 256 * 256 * 4;
  if (depth === 8) return Uint8Array.from({ length: samples }, (_, i) => (i * 37 + (i >> 8) + seed) & 255);
  return new Uint8Array(Uint16Array.from({ length: samples }, (_, i) => (i * 9973 + seed) & 65535).buffer);
}

async function put(assets: string, bytes: Uint8Array): Promise<string> {
  const id = assetIdOf(bytes);
  await writeAsset(assets, id, bytes);
  return id;
}

async function sample() {
  const folder = temporaryFolder();
  const assets = join(folder, 'assets');
  mkdirSync(assets);
  const raster = async (depth: 8 | 16, seed: number, x = 0, y = 0): Promise<Raster> => ({ x, y, depth, tiles: { '0,0': await put(assets, tile(depth, seed)), '1,0': await put(assets, tile(depth, seed + 5)) } });
  const mask: Mask = { x: 10, y: 20, depth: 8, outside: 0, enabled: true, tiles: { '0,0': await put(assets, Uint8Array.from({ length: 65536 }, (_, i) => i & 255)) } };
  const source = await put(assets, strToU8('the file of a placed picture'));
  const layers: Layer[] = [
    { ...layerEnvelope('Ground & <sky> "漆"'), kind: 'fill', fill: { type: 'solid', colour: [1, 0.5, 0, 1] } },
    { ...layerEnvelope('paint'), kind: 'raster', blend: 'multiply', opacity: 0.5, pixels: await raster(8, 1, -30, 40) },
    { ...layerEnvelope('deep'), kind: 'raster', locked: true, visible: false, blend: 'linear-burn', pixels: await raster(16, 2) },
    { ...layerEnvelope('masked'), kind: 'raster', alphaLocked: true, mask, pixels: await raster(8, 3) },
    { ...layerEnvelope('clipped'), kind: 'raster', clip: true, blend: 'screen', pixels: await raster(8, 4) },
    { ...layerEnvelope('placed'), kind: 'image', source, sourceName: 'a.png', sourceSize: { width: 3, height: 4 }, transform: [1, 0, 0, 1, 5, 6], pixels: await raster(8, 6, 100, 100), shimmer: 'kept' },
    { ...layerEnvelope('words'), kind: 'text', text: '画 Velatura\n<second>', font: 'Inter', weight: 700, sizePx: 40, colour: [0, 0, 0, 1], vertical: true, align: 'center', lineHeight: 1.2, letterSpacing: 0.1, at: [50, 60.5], linear: [0, 1, -1, 0], pixels: await raster(8, 7, 20, 30) },
    { ...layerEnvelope('empty'), kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } },
    { ...layerEnvelope('glaze'), kind: 'glaze', settings: { styles: [], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 }, statisticsLocked: false, statistics: await put(assets, strToU8('statistics')) },
  ];
  const group: Layer = { ...layerEnvelope('group'), kind: 'group', opacity: 0.8, mask: { ...mask, enabled: false }, children: layers.slice(2, 5).map(({ id }) => id) };
  const top = [layers[0]!, layers[1]!, group, ...layers.slice(5)].map(({ id }) => id);
  const record = documentOf('saved', { name: 'Painting', width: 400, height: 300, dpi: 254 }, [...layers, group], top);
  const scene = glazeScene(record, glazeAssets(assets), new Map());
  const out = join(folder, 'out.ora');
  await writeOra(scene, out, { scratch: folder });
  return { folder, record, out, scene };
}

async function imported(folder: string, bytes: Uint8Array) {
  const path = join(folder, 'in.ora');
  writeFileSync(path, bytes);
  const assets = join(folder, `assets-${Math.random()}`);
  mkdirSync(assets);
  return { assets, ...(await importFile({ path, id: 'back', assets, scratch: folder })) };
}

const byName = (record: DocumentRecord, name: string): Layer => Object.values(record.layers).find((layer) => layer.name === name)!;

describe('an OpenRaster file that is written', () => {
  it('follows the file layout: mimetype first and stored, stack.xml, data, thumbnail, merged image', async () => {
    const { out } = await sample();
    const bytes = readFileSync(out);
    // local header: signature, then at 8 the method, at 26 the lengths of name and extra field
    expect([bytes.readUInt32LE(0), bytes.readUInt16LE(8), bytes.readUInt16LE(26), bytes.readUInt16LE(28)]).toEqual([0x04034b50, 0, 8, 0]);
    expect(bytes.toString('latin1', 30, 54)).toBe('mimetypeimage/openraster');
    const files = unzipSync(bytes);
    expect(Object.keys(files).slice(0, 1)).toEqual(['mimetype']);
    const merged = await sharp(files['mergedimage.png']).metadata();
    expect(merged).toMatchObject({ format: 'png', width: 400, height: 300, channels: 4, depth: 'uchar' });
    const thumbnail = await sharp(files['Thumbnails/thumbnail.png']).metadata();
    expect(thumbnail).toMatchObject({ format: 'png', width: 256, height: 192, depth: 'uchar', isProgressive: false });
  });

  it('has a stack.xml of the specification, top to bottom, every layer with a PNG of its own', async () => {
    const { out } = await sample();
    const files = unzipSync(readFileSync(out));
    const image = readXml(Buffer.from(files['stack.xml']!).toString('utf8'))!;
    expect(image).toMatchObject({ name: 'image', attributes: { version: '0.0.6', w: '400', h: '300', xres: '254', yres: '254' } });
    const [root] = image.children;
    expect(root!.name).toBe('stack');
    expect(root!.children.map(({ attributes }) => attributes['name'])).toEqual(['glaze', 'empty', 'words', 'placed', 'group', 'paint', 'Ground & <sky> "漆"']);
    const [, , , placed, group, paint] = root!.children;
    expect(placed!.attributes).toMatchObject({ x: '100', y: '100', visibility: 'visible', 'composite-op': 'svg:src-over' });
    expect(paint!.attributes).toMatchObject({ x: '-30', y: '40', opacity: '0.5', 'composite-op': 'svg:multiply' });
    expect(group).toMatchObject({ name: 'stack', attributes: { isolation: 'isolate', opacity: '0.8' } });
    const [clipping, deep] = group!.children;
    expect(deep!.attributes).toMatchObject({ visibility: 'hidden', 'edit-locked': 'true', 'composite-op': 'krita:linear_burn' });
    expect(clipping).toMatchObject({ name: 'stack', attributes: { name: 'masked' } });
    expect(clipping!.children.map(({ attributes }) => [attributes['name'], attributes['composite-op']])).toEqual([['clipped', 'svg:screen'], ['masked', 'svg:src-over']]);
    const names = new Set(['src', 'x', 'y', 'name', 'opacity', 'visibility', 'composite-op', 'edit-locked', 'isolation']);
    const visit = (element: XmlElement): void => {
      expect(['stack', 'layer']).toContain(element.name);
      expect(Object.keys(element.attributes).filter((name) => !names.has(name))).toEqual([]);
      const opacity = Number(element.attributes['opacity'] ?? 1);
      expect(opacity >= 0 && opacity <= 1).toBe(true);
      if (element.name === 'layer') expect(files[element.attributes['src']!]!.subarray(1, 4)).toEqual(strToU8('PNG'));
      element.children.forEach(visit);
    };
    visit(root!);
  });

  it('bakes masks into the pixels that others see', async () => {
    const { out } = await sample();
    const files = unzipSync(readFileSync(out));
    const image = readXml(Buffer.from(files['stack.xml']!).toString('utf8'))!;
    const find = (element: XmlElement, name: string): XmlElement | undefined => (element.name === 'layer' && element.attributes['name'] === name ? element : element.children.map((child) => find(child, name)).find(Boolean));
    const { data, info } = await sharp(files[find(image, 'masked')!.attributes['src']!]).raw().toBuffer({ resolveWithObject: true });
    const own = tile(8, 3);
    // the mask's tile begins at (10, 20): at (60, 30) it is 50
    const at = (x: number, y: number): number => data[(y * info.width + x) * 4 + 3]!;
    expect(at(5, 5)).toBe(0);
    expect(Math.abs(at(60, 30) - (own[(30 * 256 + 60) * 4 + 3]! * 50) / 255)).toBeLessThanOrEqual(1);
  });

  it('keeps earlier files beside it', async () => {
    const { folder, out, scene } = await sample();
    const first = readFileSync(out);
    for (let i = 0; i < 5; i++) {
      const named = { ...scene, record: { ...scene.record, name: `version ${i}` } };
      await writeOra(named, out, { scratch: folder, generations: 3 });
    }
    const nameIn = (path: string): string => (JSON.parse(Buffer.from(unzipSync(readFileSync(path))['velatura/document.json']!).toString()) as { record: { name: string } }).record.name;
    expect([out, `${out}~1`, `${out}~2`, `${out}~3`].map(nameIn)).toEqual(['version 4', 'version 3', 'version 2', 'version 1']);
    expect(first.length).toBeGreaterThan(0);
  });
});

describe('an OpenRaster file that is opened', () => {
  it('of our own gives back every layer, field and pixel', async () => {
    const { folder, record, out } = await sample();
    const back = await imported(folder, readFileSync(out));
    expect(back.notes).toEqual([]);
    expect(back.record).toEqual({ ...record, id: 'back' });
  });

  it('names no place on this machine to others, and follows none that they name', async () => {
    const { folder, record, out, scene } = await sample();
    const placed = byName(record, 'placed') as LayerOf<'image'>;
    const linked = { ...record, layers: { ...record.layers, [placed.id]: { ...placed, link: { path: '/home/ada/secret/a.png', modifiedMs: 1 } } } };
    await writeOra({ ...scene, record: linked }, out, { scratch: folder });
    const files = unzipSync(readFileSync(out));
    const own = Buffer.from(files['velatura/document.json']!).toString();
    expect(own).not.toContain('secret');
    files['velatura/document.json'] = strToU8(own.replace('"sourceName"', '"link":{"path":"//elsewhere/share/a.png","modifiedMs":1},"sourceName"'));
    const back = await imported(folder, zipSync(files as Zippable));
    expect(back.notes).toEqual([]);
    expect(byName(back.record, 'placed')).toEqual(placed);
  });

  it('takes pixels that another program has changed, and says so', async () => {
    const { folder, record, out } = await sample();
    const files = unzipSync(readFileSync(out));
    const stack = Buffer.from(files['stack.xml']!).toString();
    const src = /src="([^"]+)"[^>]*name="masked"/.exec(stack)![1]!;
    files[src] = await sharp({ create: { width: 20, height: 10, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 1 } } }).png().toBuffer();
    const back = await imported(folder, zipSync(files as Zippable, { level: 0 }));
    expect(back.notes).toEqual([{ key: 'ora.changed', details: { layer: 'masked' } }]);
    const changed = byName(back.record, 'masked') as LayerOf<'raster'>;
    expect([changed.mask, changed.alphaLocked]).toEqual([undefined, true]);
    expect(Object.keys(changed.pixels.tiles)).toEqual(['0,0']);
    expect(byName(back.record, 'paint')).toEqual(byName(record, 'paint'));
  });

  it('of another program, or rearranged by one, keeps names, groups, offsets, modes and pixels', async () => {
    const { folder, out } = await sample();
    const files = unzipSync(readFileSync(out));
    files['stack.xml'] = strToU8(Buffer.from(files['stack.xml']!).toString().replace('name="paint"', 'name="my paint"'));
    const back = await imported(folder, zipSync(files as Zippable));
    expect(back.notes).toEqual([{ key: 'ora.changed-elsewhere', details: { file: 'in.ora' } }]);
    expect(back.record).toMatchObject({ width: 400, height: 300, dpi: 254 });
    expect(byName(back.record, 'my paint')).toMatchObject({ kind: 'raster', blend: 'multiply', opacity: 0.5, pixels: { x: -30, y: 40 } });
    expect(byName(back.record, 'deep')).toMatchObject({ visible: false, locked: true, blend: 'linear-burn', pixels: { depth: 16 } });

    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#102030' } }).png().toBuffer();
    const foreign = await imported(
      folder,
      zipSync({
        mimetype: [strToU8('image/openraster'), { level: 0 }],
        'stack.xml': strToU8(`<?xml version='1.0'?><image w='64' h='32'><!-- > --><stack x='3'><layer name='top' src='data/a.png' x='1' y='2' composite-op='svg:dst-out'/><stack name='g' y='5'><layer src='data/a.png'/><text/></stack><layer name='gone' src='../../etc/passwd'/></stack></image>`),
        'data/a.png': png,
      }),
    );
    expect(foreign.notes).toEqual([{ key: 'ora.layer-left-out', details: { layer: 'gone' } }, { key: 'ora.blend-changed', details: { layer: 'top', blend: 'svg:dst-out' } }]);
    expect(byName(foreign.record, 'top')).toMatchObject({ pixels: { x: 4, y: 2 } });
    const inner = foreign.record.layers[(byName(foreign.record, 'g') as LayerOf<'group'>).children[0]!];
    expect(inner).toMatchObject({ kind: 'raster', pixels: { x: 3, y: 5 } });
  });

  /** A file of ours with more assets that its record names, and their sizes as its directory tells them. */
  async function withAssets(sizes: readonly number[], isNamed = true) {
    const { folder, out } = await sample();
    const files = unzipSync(readFileSync(out));
    const words = sizes.map((_, i) => strToU8(`asset ${i}`));
    const own = JSON.parse(Buffer.from(files['velatura/document.json']!).toString()) as { record: { layers: Record<string, object> } };
    own.record.layers['root'] = { ...own.record.layers['root'], tiles: isNamed ? Object.fromEntries(words.map((bytes, i) => [`${i},0`, assetIdOf(bytes)])) : {} };
    files['velatura/document.json'] = strToU8(JSON.stringify(own));
    for (const bytes of words) files[`velatura/assets/${assetIdOf(bytes)}`] = bytes;
    const zip = Buffer.from(zipSync(files as Zippable));
    for (const [i, size] of sizes.entries()) {
      const entry = zip.lastIndexOf(`velatura/assets/${assetIdOf(words[i]!)}`) - 46;
      if (size > 0) zip.writeUInt32LE(size, entry + 24);
    }
    return imported(folder, zip);
  }

  it('whose assets together unpack to too much is refused before the first of them is', async () => {
    const fault = { code: 'file.unpacks-too-large', details: { file: 'in.ora', size: '66 GB', limit: '64 GB' } };
    await expect(withAssets(Array.from({ length: 66 }, () => 2 ** 30 - 2 ** 20))).rejects.toMatchObject(fault);
  });

  it('brings in the assets that its record names, and no others', async () => {
    const listed = ({ assets }: { readonly assets: string }): number => readdirSync(assets).reduce((sum, shelf) => sum + readdirSync(join(assets, shelf)).length, 0);
    const [named, others] = [await withAssets([0, 0, 0]), await withAssets(Array.from({ length: 66 }, () => 2 ** 30 - 2 ** 20), false)];
    expect([named.notes, others.notes, listed(named) - listed(others)]).toEqual([[], [], 3]);
  });

  it('that is hostile is refused', async () => {
    const { folder, out } = await sample();
    const good = readFileSync(out);
    const mimetype = strToU8('image/openraster');
    const withStack = (xml: string): Uint8Array => zipSync({ mimetype, 'stack.xml': strToU8(xml) });
    const bomb = zipSync({ mimetype, 'stack.xml': new Uint8Array(60 * 2 ** 20) });
    // claims that its stack.xml is small: what comes out is cut or an error, never 60 MB
    const lying = Buffer.from(bomb);
    for (let at = lying.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4, 'latin1')) if (lying.readUInt32LE(at + 24) > 1000) lying.writeUInt32LE(900, at + 24);
    const refused: [string, Uint8Array][] = [
      ['cut', good.subarray(0, good.length >> 1)],
      ['no stack', zipSync({ mimetype })],
      ['another type', zipSync({ mimetype: strToU8('application/epub+zip'), 'stack.xml': strToU8('<image/>') })],
      ['bomb', bomb],
      ['lying bomb', lying],
      ['entities', withStack('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><image w="9" h="9"><stack name="&b;"/></image>')],
      ['too large', withStack('<image w="900000" h="900000"><stack/></image>')],
      ['no size', withStack('<image><stack/></image>')],
      ['too deep', withStack(`<image w="9" h="9">${'<stack>'.repeat(150)}${'</stack>'.repeat(150)}</image>`)],
      ['far too deep', withStack(`<image w="9" h="9">${'<stack>'.repeat(5000)}${'</stack>'.repeat(5000)}</image>`)],
      ['too many', withStack(`<image w="9" h="9"><stack>${'<stack/>'.repeat(2500)}</stack></image>`)],
      ['broken', withStack('<image w="9" h="9"><stack></image>')],
    ];
    for (const [what, bytes] of refused) await expect(imported(folder, bytes), what).rejects.toMatchObject({ code: expect.stringMatching(/^(file\.not-a-document|document\.too-large)$/) as string });
    // whatever byte is wrong, it is refused or read, and nothing else
    for (let i = 0; i < 10; i++) {
      const bytes = Buffer.from(good);
      const at = Math.floor((i / 10) * bytes.length);
      bytes[at] = bytes[at]! ^ 0xff;
      const code = await imported(folder, bytes).then(() => 'read', ({ code: found }: { code: string }) => found);
      expect(code).toMatch(/^(read|file\.not-a-document|document\.too-large|picture\.not-a-picture)$/);
    }
  });
});
