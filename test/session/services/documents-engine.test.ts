// Documents through the real engine process: opened, placed, followed, saved, and the same again.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { DocumentRecord, Layer, LayerOf } from '../../../src-main/contract/document.ts';
import type { StudioApi, StudioEvent } from '../../../src-main/contract/studio-api.ts';
import { createEngineClient } from '../../../src-main/services/host/engine-client.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import { createStudio, type Studio } from '../../../src-main/services/host/studio.ts';
import { readRaster } from '../../../src-main/raster/tiles.ts';
import { readAssets } from '../../../src-main/services/documents/asset-files.ts';
import { oraFile, psdFile, type FlatColour } from '../../support/layered-files.ts';
import { scene } from '../../support/picture-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function studioIn(home: string): Studio & { readonly api: StudioApi } {
  const platform = nodePlatform({ environment: { VELATURA_HOME: home } });
  return createStudio({ host: 'browser', runtime: 'test', platform, engine: createEngineClient(() => platform.startProcess('engine')) }) as Studio & { readonly api: StudioApi };
}

const layersOf = (record: DocumentRecord): Layer[] => (record.layers['root'] as LayerOf<'group'>).children.map((id) => record.layers[id]!);

it('opens a picture, places another that is followed, saves both and opens the file again', async () => {
  const folder = temporaryFolder();
  const [photo, linked, other, out] = ['photo.png', 'linked.png', 'other.png', 'painting.ora'].map((name) => join(folder, name)) as [string, string, string, string];
  for (const [path, width] of [[photo, 120], [linked, 40], [other, 60]] as const) await sharp(scene(width, 80), { raw: { width, height: 80, channels: 3 } }).png().toFile(path);
  const studio = studioIn(join(folder, 'home'));
  try {
    const { api } = studio;
    const { record, notes, readOnly } = await api['documents.import']({ file: { path: photo } });
    expect([notes, readOnly]).toEqual([[], false]);
    const document = record.id;
    const { notes: _, ...placed } = await api['pictures.place']({ document, file: { path: linked }, fit: true, link: true });
    expect(placed.link?.path).toBe(linked);
    const layer = { id: 'placed', name: 'linked', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, kind: 'image', ...placed } as const;
    const children = layersOf(record).map(({ id }) => id);
    const changes = [{ path: ['layers', 'placed'], after: layer as never }, { path: ['layers', 'root', 'children'], before: children, after: [...children, 'placed'] }];
    const told = new Promise<StudioEvent>((resolve) => studio.onEvent((event) => event.kind === 'linked' && resolve(event)));
    await api['documents.commit']({ document, entry: { id: 'place', parent: 'first', label: { key: 'place' }, at: new Date().toISOString(), changes } });

    copyFileSync(other, linked);
    expect(await told).toMatchObject({ kind: 'linked', document, layer: 'placed', placed: { sourceSize: { width: 60, height: 80 }, transform: placed.transform } });

    expect(await api['documents.save']({ document, out })).toMatchObject({ name: 'painting.ora', path: out });
    const kept = await api['documents.save']({ document });
    expect(kept.address).toMatch(/^\/exports\//);
    const again = await api['documents.import']({ file: { path: out } });
    expect(again.notes).toEqual([]);
    const { link, ...unlinked } = (await api['documents.open']({ document })).record.layers['placed'] as LayerOf<'image'>;
    expect(link?.path).toBe(linked);
    expect(again.record.layers).toEqual({ ...(await api['documents.open']({ document })).record.layers, placed: unlinked });
    await expect(api['documents.import']({ file: { path: join(folder, 'home') } })).rejects.toMatchObject({ code: 'picture.not-a-picture' });
    expect((await api['documents.list'](null)).map(({ name }) => name).sort()).toEqual(['photo', 'photo']);
    await api['documents.close']({ document });
    await api['documents.remove']({ document });
    expect(await api['documents.list'](null)).toHaveLength(1);
  } finally {
    await studio.close();
  }
});

it.each([
  ['a PSD file', 'a.psd', (colour: FlatColour) => psdFile({ width: 40, height: 30 }, [{ width: 40, height: 30, colour }])],
  ['an OpenRaster file', 'a.ora', (colour: FlatColour) => oraFile({ width: 40, height: 30 }, [{ width: 40, height: 30, colour }])],
])('a layer linked to %s follows it, past a state that cannot be read', async (_, name, file) => {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, await file([250, 20, 0, 255]));
  const studio = studioIn(join(folder, 'home'));
  try {
    const { api } = studio;
    const { record } = await api['documents.create']({ name: 'sheet', width: 40, height: 30 });
    const document = record.id;
    const colourOf = async ({ pixels }: Pick<LayerOf<'image'>, 'pixels'>): Promise<number[]> => {
      const found = await readAssets(join(folder, 'home', 'documents', document, 'assets'), Object.values(pixels.tiles));
      return [...readRaster(pixels, { x: 5, y: 5, width: 1, height: 1 }, (id) => found.get(id)).data];
    };
    const { notes, ...placed } = await api['pictures.place']({ document, file: { path }, fit: true, link: true });
    expect([notes, placed.link?.path, await colourOf(placed)]).toEqual([[], path, [250, 20, 0, 255]]);
    const layer = { id: 'placed', name, visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, kind: 'image', ...placed } as const;
    const children = layersOf(record).map(({ id }) => id);
    const changes = [{ path: ['layers', 'placed'], after: layer as never }, { path: ['layers', 'root', 'children'], before: children, after: [...children, 'placed'] }];
    const next = <K extends StudioEvent['kind']>(kind: K) => new Promise<Extract<StudioEvent, { kind: K }>>((resolve) => studio.onEvent((event) => event.kind === kind && resolve(event as never)));
    await api['documents.commit']({ document, entry: { id: 'place', parent: 'first', label: { key: 'place' }, at: new Date().toISOString(), changes } });

    const [failed, told] = [next('linked.failed'), next('linked')];
    writeFileSync(path, (await file([0, 0, 0, 255])).subarray(0, 40));
    expect(await failed).toMatchObject({ document, layer: 'placed', fault: { code: 'file.not-a-document', details: { file: name } } });
    writeFileSync(path, await file([10, 200, 90, 255]));
    const event = await told;
    expect(event).toMatchObject({ document, layer: 'placed', placed: { sourceSize: { width: 40, height: 30 }, transform: placed.transform, link: { path } } });
    expect(event.placed.source).not.toBe(placed.source);
    expect(await colourOf(event.placed)).toEqual([10, 200, 90, 255]);
  } finally {
    await studio.close();
  }
});
