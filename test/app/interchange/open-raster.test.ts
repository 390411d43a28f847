// Our OpenRaster files in other painting programs, where these are installed: krita, mypaint, xvfb-run to give them a screen, and GIMP 3.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { BlendMode, DocumentRecord, Layer, LayerOf } from '../../../src-main/contract/document.ts';
import type { PixelBuffer } from '../../../src-main/contract/image.ts';
import { compositeGroup, neededAssets, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { pixelsOf } from '../../../src-main/raster/pixels.ts';
import { importFile } from '../../../src-main/services/documents/import-file.ts';
import { glazeAssets, type GlazeAssets } from '../../../src-main/services/glaze/glaze-assets.ts';
import type { GlazeTilesState } from '../../../src-main/services/glaze/glaze-scene.ts';
import { glazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { writeOra } from '../../../src-main/services/openraster/ora-export.ts';
import { blendChart, type BlendChart } from '../../support/blend-chart.ts';
import { glazeLayerOf } from '../../support/painted-document.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const myPaintCode = '/usr/lib/mypaint';
const hasScreen = isInstalled('xvfb-run');
const hasKrita = hasScreen && isInstalled('krita');
const hasMyPaint = hasScreen && existsSync(myPaintCode);
/** Its OpenRaster plug-in is part of it from 3.0 on; it needs no screen. */
const gimp = 'gimp-console-3';
const hasGimp = isInstalled(gimp);

/** Not in the specification: Krita's own, which MyPaint shows as it does any mode it does not know; and plus, which it adds by coverage. */
const kritaOnly: readonly BlendMode[] = ['exclusion', 'subtract', 'divide', 'linear-burn', 'linear-light', 'vivid-light', 'pin-light', 'plus'];

/** Modes of the specification that GIMP computes by other formulas, whatever space it blends in. */
const gimpOnly: readonly BlendMode[] = ['color-dodge', 'color-burn', 'soft-light', 'hue', 'saturation', 'color', 'luminosity', 'plus'];

/** What GIMP calls the modes that it reads; all others become normal there. */
const gimpModes: Partial<Readonly<Record<BlendMode, string>>> = {
  'normal': 'normal', 'multiply': 'multiply', 'screen': 'screen', 'overlay': 'overlay', 'darken': 'darken-only', 'lighten': 'lighten-only', 'color-dodge': 'dodge',
  'color-burn': 'burn', 'hard-light': 'hardlight', 'soft-light': 'softlight', 'difference': 'difference', 'color': 'hsl-color', 'luminosity': 'hsv-value',
  'hue': 'hsv-hue', 'saturation': 'hsv-saturation', 'plus': 'addition',
};

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface WrittenChart extends BlendChart {
  readonly folder: string;
  readonly path: string;
}

async function written(chart = blendChart(), paint: Parameters<typeof glazeScene>[2] = new Map()): Promise<WrittenChart> {
  const folder = temporaryFolder();
  const path = join(folder, 'chart.ora');
  await writeOra(glazeScene(chart.record, chart.assets, paint), path, { scratch: folder });
  return { ...chart, folder, path };
}

/** The chart with a layer that is hidden, one that is locked, and a painted glaze on top: half a veil over all. */
async function writtenWithGlaze(): Promise<WrittenChart> {
  const chart = blendChart();
  const { record } = chart;
  const root = record.layers['root'] as LayerOf<'group'>;
  const paper = record.layers['background'] as LayerOf<'raster'>;
  const off: Layer = { ...paper, id: 'off', name: '草稿 & <b>', visible: false };
  const fast: Layer = { ...paper, id: 'fast', name: 'fast', locked: true, opacity: 0.25, blend: 'multiply' };
  const veil: Layer = { ...glazeLayerOf('veil'), opacity: 0.5 };
  const layers = { ...record.layers, off, fast, veil, root: { ...root, children: [...root.children, 'off', 'fast', 'veil'] } };
  const bytes = await chart.assets.load(Object.values(paper.pixels.tiles));
  const tiles = Object.fromEntries(Object.entries(paper.pixels.tiles).map(([place, id]) => [place, `veil/${id}`]));
  const painted = { raster: { ...paper.pixels, tiles }, bytes: (id: string) => bytes.get(id.slice('veil/'.length)) };
  return written({ ...chart, record: { ...record, layers } }, new Map([['veil', painted as GlazeTilesState]]));
}

interface GimpLayer {
  readonly name: string;
  readonly mode: string;
  readonly opacity: number;
  readonly visible: boolean;
  readonly children?: readonly GimpLayer[];
}

/** The layers GIMP shows, top to bottom; it saves them as `ora`, and flattened as `png`: its layers blended in encoded values where `encoded`. */
async function throughGimp({ folder, path }: WrittenChart, { encoded, ora, png }: { readonly encoded: boolean; readonly ora: string; readonly png: string }): Promise<readonly GimpLayer[]> {
  const [script, told] = [join(folder, 'gimp.py'), join(folder, 'gimp.json')];
  const file = (of: string): string => `Gio.File.new_for_path(${JSON.stringify(of)})`;
  writeFileSync(script, [
    'import json',
    'from gi.repository import Gimp, Gio',
    'def told(layer):',
    ...(encoded ? ['    layer.set_blend_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)', '    layer.set_composite_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)'] : []),
    '    facts = dict(name=layer.get_name(), mode=layer.get_mode().value_nick, opacity=layer.get_opacity() / 100, visible=layer.get_visible())',
    '    return dict(facts, children=[told(each) for each in layer.get_children()]) if layer.is_group() else facts',
    `image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, ${file(path)})`,
    `json.dump([told(each) for each in image.get_layers()], open(${JSON.stringify(told)}, 'w'))`,
    `Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image, ${file(ora)}, None)`,
    'image.flatten()',
    `Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image, ${file(png)}, None)`,
    '',
  ].join('\n'));
  await run(gimp, ['-i', '--quit', '--batch-interpreter=python-fu-eval', '-b', `exec(open(${JSON.stringify(script)}).read())`]);
  return JSON.parse(readFileSync(told, 'utf8')) as GimpLayer[];
}

async function composite(record: BlendChart['record'], assets: GlazeAssets): Promise<PixelBuffer> {
  const raster: PixelAccess['raster'] = (layer) => ('pixels' in layer ? (layer.pixels as ReturnType<PixelAccess['raster']>) : undefined);
  const whole = { x: 0, y: 0, width: record.width, height: record.height };
  const bytes = await assets.load(neededAssets(record, whole, raster));
  return pixelsOf(compositeGroup(record, whole, { raster, bytes: (id) => bytes.get(id) }), 8);
}

/** Largest difference of colour in each swatch, 0..255. */
async function differences({ record, assets, swatches }: BlendChart, theirs: { readonly data: Uint8Array; readonly width: number }): Promise<Readonly<Record<string, number>>> {
  const ours = await composite(record, assets);
  return Object.fromEntries(swatches.map(({ name, region }) => {
    let most = 0;
    for (let y = region.y; y < region.y + region.height; y++) {
      for (let x = region.x; x < region.x + region.width; x++) {
        for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(ours.data[(y * ours.width + x) * 4 + c]! - theirs.data[(y * theirs.width + x) * 4 + c]!));
      }
    }
    return [name, most];
  }));
}

async function picture(path: string): Promise<{ readonly data: Uint8Array; readonly width: number }> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width };
}

async function reopened(folder: string, path: string): Promise<{ readonly data: Uint8Array; readonly width: number; readonly record: DocumentRecord }> {
  const assets = join(folder, 'assets');
  mkdirSync(assets);
  const { record } = await importFile({ path, id: 'back', assets, scratch: folder });
  const pixels = await composite(record, glazeAssets(assets));
  return { data: pixels.data as Uint8Array, width: pixels.width, record };
}

const most = (found: Readonly<Record<string, number>>, but: readonly string[] = []): number => Math.max(...Object.entries(found).map(([name, difference]) => (but.includes(name) ? 0 : difference)));

describe('an OpenRaster file of every blend mode', () => {
  it.skipIf(!hasKrita)('looks the same in Krita, and the same again when Krita has saved it (needs krita and xvfb-run)', async () => {
    const chart = await written();
    const [png, ora] = [join(chart.folder, 'krita.png'), join(chart.folder, 'krita.ora')];
    // one screen for both, of a number of its own: one that is being closed still looks free to the next
    const exports = 'for out in "$2" "$3"; do krita --export --export-filename "$out" "$1" || exit; done';
    await run('xvfb-run', ['-a', '-n', '181', 'sh', '-c', exports, 'sh', chart.path, png, ora]);
    expect(most(await differences(chart, await picture(png)))).toBeLessThanOrEqual(2);
    expect(most(await differences(chart, await reopened(chart.folder, ora)))).toBeLessThanOrEqual(2);
  });

  it.skipIf(!hasMyPaint)('looks the same in MyPaint, but for the modes it does not know (needs mypaint and xvfb-run)', async () => {
    const chart = await written();
    const png = join(chart.folder, 'mypaint.png');
    const script = join(chart.folder, 'save.py');
    writeFileSync(script, [
      'import sys, gi',
      `sys.path.insert(0, ${JSON.stringify(myPaintCode)})`,
      "gi.require_version('Gtk', '3.0')",
      "gi.require_version('GdkPixbuf', '2.0')",
      'import lib.eotf',
      'lib.eotf.set_eotf(1.0)',
      'from lib import glib, document',
      'opened = document.Document()',
      `opened.load(${JSON.stringify(chart.path)})`,
      `opened.save(${JSON.stringify(png)}, alpha=False)`,
      '',
    ].join('\n'));
    await run('xvfb-run', ['-a', '-n', '191', '/usr/bin/python3', script]);
    expect(most(await differences(chart, await picture(png)), kritaOnly)).toBeLessThanOrEqual(2);
  });

  it.skipIf(!hasGimp)('looks the same in GIMP, but for modes of other formulas, once its layers blend in encoded values (needs gimp-console-3)', async () => {
    const chart = await written();
    const png = join(chart.folder, 'gimp.png');
    await throughGimp(chart, { encoded: true, ora: join(chart.folder, 'gimp.ora'), png });
    expect(most(await differences(chart, await picture(png)), [...kritaOnly, ...gimpOnly])).toBeLessThanOrEqual(1);
  });

  it.skipIf(!hasGimp)('keeps its layers in GIMP, and their names, modes and opacities when GIMP has saved them (needs gimp-console-3)', async () => {
    const chart = await writtenWithGlaze();
    const ora = join(chart.folder, 'gimp.ora');
    const layers = await throughGimp(chart, { encoded: false, ora, png: join(chart.folder, 'gimp.png') });
    const own = [...(chart.record.layers['root'] as LayerOf<'group'>).children].reverse().map((id) => chart.record.layers[id]!);
    expect(layers.map(({ name, visible, opacity }) => ({ name, visible, opacity: Number(opacity.toFixed(3)) }))).toEqual(own.map(({ name, visible, opacity }) => ({ name, visible, opacity })));
    expect(layers.map(({ mode }) => mode)).toEqual(own.map(({ blend }) => gimpModes[blend] ?? 'normal'));
    expect(layers.find(({ name }) => name === 'group')?.children).toMatchObject([{ name: 'masked', mode: 'normal', visible: true }]);
    const { record } = await reopened(chart.folder, ora);
    const back = [...(record.layers['root'] as LayerOf<'group'>).children].reverse().map((id) => record.layers[id]!);
    expect(back.map(({ name, visible, opacity, blend }) => ({ name, visible, opacity: Number(opacity.toFixed(3)), blend }))).toEqual(
      own.map(({ name, visible, opacity, blend }) => ({ name, visible, opacity, blend: gimpModes[blend] ? blend : 'normal' })),
    );
    expect(back.map(({ kind }) => kind)).toEqual(own.map(({ kind }) => (kind === 'glaze' ? 'raster' : kind)));
  });
});
