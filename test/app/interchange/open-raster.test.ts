// Our OpenRaster files in other painting programs, where these are installed: krita, mypaint, and xvfb-run to give them a screen.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { BlendMode } from '../../../src-main/contract/document.ts';
import type { PixelBuffer } from '../../../src-main/contract/image.ts';
import { compositeGroup, neededAssets, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { pixelsOf } from '../../../src-main/raster/pixels.ts';
import { importFile } from '../../../src-main/services/documents/import-file.ts';
import { glazeAssets, type GlazeAssets } from '../../../src-main/services/glaze/glaze-assets.ts';
import { glazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { writeOra } from '../../../src-main/services/openraster/ora-export.ts';
import { blendChart, type BlendChart } from '../../support/blend-chart.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const myPaintCode = '/usr/lib/mypaint';
const hasScreen = isInstalled('xvfb-run');
const hasKrita = hasScreen && isInstalled('krita');
const hasMyPaint = hasScreen && existsSync(myPaintCode);

/** Not in the specification: Krita's own, which MyPaint shows as it does any mode it does not know; and plus, which it adds by coverage. */
const kritaOnly: readonly BlendMode[] = ['exclusion', 'subtract', 'divide', 'linear-burn', 'linear-light', 'vivid-light', 'pin-light', 'plus'];

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function written(): Promise<BlendChart & { readonly folder: string; readonly path: string }> {
  const chart = blendChart();
  const folder = temporaryFolder();
  const path = join(folder, 'chart.ora');
  await writeOra(glazeScene(chart.record, chart.assets, new Map()), path, { scratch: folder });
  return { ...chart, folder, path };
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

async function reopened(folder: string, path: string): Promise<{ readonly data: Uint8Array; readonly width: number }> {
  const assets = join(folder, 'assets');
  mkdirSync(assets);
  const { record } = await importFile({ path, id: 'back', assets, scratch: folder });
  const pixels = await composite(record, glazeAssets(assets));
  return { data: pixels.data as Uint8Array, width: pixels.width };
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
});
