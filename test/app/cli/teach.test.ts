// Teaching from the command line: what is left behind, what is refused, and a stop in the middle.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { scene } from '../../support/picture-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { freshFolder, runCli } from './run-cli.ts';

/** Development data beside the project; the tests that learn need a real feature network. */
const features = fileURLToPath(new URL('../../../../shared/data/percept/squeezenet1_1-features.onnx', import.meta.url));
const noFeatures = !existsSync(features);
if (noFeatures) console.warn('Tests that teach are skipped: there is no feature network in ../shared/data/percept.');

let painting: string;
let anyFile: string;

beforeAll(async () => {
  const folder = freshFolder();
  painting = join(folder, 'painting.png');
  anyFile = join(folder, 'any.onnx');
  writeFileSync(anyFile, 'opened later than the pictures');
  await sharp(scene(320, 256), { raw: { width: 320, height: 256, channels: 3 } }).png().toFile(painting);
});

test('a folder of three photographs is too little, and says how many are needed', async () => {
  const [photos, out] = [temporaryFolder(), temporaryFolder()];
  for (const name of ['a', 'b', 'c']) await sharp(painting).jpeg().toFile(join(photos, `${name}.jpg`));
  const run = await runCli(['teach', painting, '--name', 'few', '--photos', photos, '--features', anyFile, '--base', 'none', '--out', out]);
  expect(run.stderr).toMatch(/holds 3 usable photographs; at least \d+ are needed/);
  expect([run.code, run.stdout]).toEqual([1, '']);
});

test('a painting or a feature network that is not there is named', async () => {
  const [noPainting, noNetwork] = await Promise.all([
    runCli(['teach', '/nowhere/gone.jpg', '--name', 'x', '--features', anyFile]),
    runCli(['teach', painting, '--name', 'x', '--features', '/nowhere/gone.onnx', '--json']),
  ]);
  expect(noPainting.stderr).toMatch(/gone\.jpg was not found/);
  expect(noPainting.code).toBe(1);
  expect(JSON.parse(noNetwork.stdout)).toMatchObject({ ok: false, fault: { code: 'features.unusable', details: { file: 'gone.onnx' } } });
  expect(noNetwork.code).toBe(1);
});

test.skipIf(noFeatures)('a style is left in its folder and in the library, ready to paint with', async () => {
  const [home, out] = [temporaryFolder(), temporaryFolder()];
  const taught = await runCli(['teach', painting, '--name', 'Disk', '--features', features, '--base', 'none', '--steps', '4', '--threads', '1', '--out', out, '--json'], { home });
  expect(taught.code, taught.stderr).toBe(0);
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['Disk.vstyle', 'Disk.onnx']));
  const listed = await runCli(['styles', '--json'], { home });
  expect(JSON.parse(listed.stdout)).toMatchObject({
    value: { styles: expect.arrayContaining([expect.objectContaining({ name: 'Disk', depth: 'paint' })]) as unknown },
  });
  for (const style of ['disk', join(out, 'Disk.vstyle')]) {
    const painted = await runCli(['stylize', painting, '--style', style, '--out', join(out, 'painted.png')], { home });
    expect(painted.code, painted.stderr).toBe(0);
  }
});

test.skipIf(noFeatures)('Ctrl-C stops a teaching with a sentence, and the library stays as it was', async () => {
  const [home, out] = [temporaryFolder(), temporaryFolder()];
  let sent = false;
  const run = await runCli(['teach', painting, '--name', 'Stopped', '--features', features, '--base', 'none', '--steps', '5000', '--threads', '1', '--out', out], {
    home,
    onMessages: (child, stderr) => {
      if (!sent && /refine/.test(stderr)) sent = child.kill('SIGINT');
    },
  });
  expect(run.stderr).toMatch(/cancelled/);
  expect(run.stderr).toMatch(/“Stopped”.*--resume/);
  expect([run.code, run.signal]).toEqual([1, null]);
  expect(existsSync(join(out, 'Stopped.vstyle'))).toBe(false);
  expect(existsSync(join(home, 'styles', 'Stopped.vstyle'))).toBe(false);
});
