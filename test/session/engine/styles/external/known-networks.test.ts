// Networks that people really have, where this machine has them: found out as they are known to be.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../../../../../src-main/engine/onnx/proto.ts';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import { openExternal } from '../../../../../src-main/engine/styles/external/open-external.ts';
import { openExternalPair } from '../../../../../src-main/engine/styles/external/open-external-pair.ts';
import { trialPicture } from '../../../../../src-main/engine/styles/external/trial-picture.ts';

const folder = join(import.meta.dirname, '../../../../../../shared/data/styles-onnx');
const missing = !existsSync(folder);
if (missing) console.warn(`Known networks are not tested: ${folder} is absent`);

const sessions = createOrtSessions();
const options = { sessions, provider: 'cpu' as const, threads: 2 };
const byteNchw = { layout: 'nchw', channels: 'rgb', input: '0..255', output: '0..255', fixed: undefined };
const acer = ['bedroom', 'red-vineyards', 'self-portrait', 'soup-distribution', 'starry-night', 'sunflowers-bew', 'wheatfield-with-crows'];
const known: Readonly<Record<string, typeof byteNchw | (Omit<typeof byteNchw, 'fixed'> & { fixed: { width: number; height: number } })>> = {
  ...Object.fromEntries(acer.map((name) => [`acer-${name}`, byteNchw])),
  ...Object.fromEntries(['candy', 'mosaic', 'rain-princess', 'udnie'].map((name) => [`zoo-${name}`, byteNchw])),
  ...Object.fromEntries(['scream', 'wave'].map((name) => [`fst-${name}`, { ...byteNchw, layout: 'nhwc' }])),
  ...Object.fromEntries(['candy', 'la_muse'].map((name) => [`winml-${name}`, { ...byteNchw, channels: 'bgr', fixed: { width: 720, height: 720 } }])),
  'cartoongan-light-shinkai': { ...byteNchw, input: '-1..1', output: '-1..1' },
  'cartoongan-shinkai-fp16w': { ...byteNchw, channels: 'bgr', input: '-1..1', output: '-1..1' },
};

function read(name: string): Uint8Array {
  return readFileSync(join(folder, `${name}.onnx`));
}

/** Without a word about itself. */
function silenced(bytes: Uint8Array): Uint8Array {
  const model = decodeModel(bytes);
  const input = model.graph.input.map(({ docString: _, ...rest }) => rest);
  return encodeModel({ ...model, docString: '', metadataProps: [], graph: { ...model.graph, docString: '', input } });
}

describe.skipIf(missing)('networks that people have', () => {
  it.each(Object.entries(known))('%s', async (name, expected) => {
    const runner = await openExternal(read(name), name, options);
    const { layout, input, output, fixed, multiple, tiles } = runner.description;
    await runner.close();
    expect({ layout, channels: input.channels, input: input.range, output: output.range, fixed }).toEqual(expected);
    expect({ multiple, tiles }).toEqual({ multiple: 4, tiles: 'frozen' });
    expect(sessions.liveSessions()).toBe(0);
  });

  it.each(['acer-bedroom', 'cartoongan-light-shinkai', 'fst-wave', 'zoo-udnie'])('%s, when its file says nothing', async (name) => {
    const runner = await openExternal(silenced(read(name)), name, options);
    const { input, output } = runner.description;
    await runner.close();
    expect({ input: input.range, output: output.range }).toEqual({ input: known[name]!.input, output: known[name]!.output });
  });

  it('the magenta pair paints in the style of a picture', async () => {
    const [transfer, predictor] = ['transfer', 'predict'].map((part) => ({ file: part, model: read(`magenta-arbitrary-${part}`) }));
    const style = trialPicture({ width: 256, height: 256 });
    const runner = await openExternalPair(transfer!, predictor!, style, options);
    const size = { width: 128, height: 96 };
    const painted = await runner.paint({ picture: trialPicture(size), place: { x: 0, y: 0, ...size }, frame: size });
    await runner.close();
    expect(runner.description).toMatchObject({ input: { range: '0..1' }, output: { range: '0..1' }, tiles: 'frozen', multiple: 4 });
    expect(painted.shape).toEqual([1, 3, 96, 128]);
    expect(sessions.liveSessions()).toBe(0);
  });
});
