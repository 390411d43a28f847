// Commands that only look: doctor, styles, inspect and evaluate.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { writePictureKit } from '../../support/picture-files.ts';
import { presetOf } from '../../support/preset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from './run-cli.ts';

test('doctor names the device and why others were refused', async () => {
  const run = await runCli(['doctor', '--json']);
  expect(run.code, run.stderr).toBe(0);
  const { value } = JSON.parse(run.stdout) as { value: { device: string; providers: { provider: string; accepted: boolean; reason?: string }[] } };
  expect(value.providers.find(({ provider }) => provider === value.device)?.accepted).toBe(true);
  expect(value.providers.filter(({ accepted, reason }) => !accepted && !reason)).toEqual([]);
});

test('styles lists the library beside what ships and warns of a damaged file in it', async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, 'styles'));
  await writePreset(join(home, 'styles', 'Starry.vstyle'), presetOf());
  writeFileSync(join(home, 'styles', 'broken.vstyle'), 'no zip at all');
  const run = await runCli(['styles'], { home });
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^NAME +PAINTED BY +KIND +DEPTH/);
  expect(run.stdout).toMatch(/^Starry +code +sketch +320 px/m);
  expect(run.stdout).toMatch(/^The Scream +Edvard Munch, 1893 +network/m);
  expect(run.stderr).toMatch(/broken\.vstyle/);
});

test('inspect explains a preset, and refuses a letter in a sentence', async () => {
  const folder = temporaryFolder();
  await writePreset(join(folder, 'Starry.vstyle'), presetOf());
  writeFileSync(join(folder, 'letter.txt'), 'Dear reader');
  const preset = await runCli(['inspect', join(folder, 'Starry.vstyle')]);
  expect(preset.stdout).toMatch(/kind +preset/);
  expect(preset.stdout).toMatch(/learned size px +320/);
  const letter = await runCli(['inspect', join(folder, 'letter.txt')]);
  expect(letter.stderr).toMatch(/letter\.txt is not a picture/);
  expect(letter.code).toBe(1);
});

test('evaluate without its network says where one can come from', async () => {
  const kit = await writePictureKit(temporaryFolder());
  const good = kit.at('good.jpg');
  const before = readFileSync(good);
  const run = await runCli(['evaluate', '--content', good, '--style', good, '--result', good, '--features', kit.at('text.jpg')]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/text\.jpg (cannot serve as a perceptual feature network|is not a readable ONNX network)/);
  expect(readFileSync(good)).toEqual(before);
});
