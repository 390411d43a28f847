// A network of somebody else's on its way into the gallery, through a real engine process.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectPicture } from '../../../src-main/engine/image/codec.ts';
import { createEngineClient, type EngineClient } from '../../../src-main/services/host/engine-client.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import { answerCall, createStudio } from '../../../src-main/services/host/studio.ts';
import type { StudioCall } from '../../../src-main/contract/studio-api.ts';
import { styleNetwork } from '../../support/style-network.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../support/tiny-feature-network.ts';

let engine: EngineClient;

beforeAll(() => {
  engine = createEngineClient(() => nodePlatform().startProcess('engine'));
});
afterAll(() => engine.close());

function studioIn(home: string) {
  const platform = nodePlatform({ environment: { VELATURA_HOME: home } });
  const studio = createStudio({ host: 'browser', runtime: 'test', platform: { ...platform, folders: { ...platform.folders, resources: resolve('resources') } }, engine });
  return async (method: StudioCall['method'], params?: unknown) => (await answerCall(studio, { id: 1, method, params }))?.result;
}

test('is looked into, tried on the sample, and stands in the gallery with its picture', async () => {
  const home = temporaryFolder();
  const ask = studioIn(home);
  const path = join(home, 'turn.onnx');
  writeFileSync(path, styleNetwork());
  expect(await ask('styles.import', { file: { path } })).toMatchObject({ ok: true, value: { name: 'turn' } });
  const listed = await ask('styles.list');
  const own = (listed?.ok ? (listed.value as { name: string; id: string; thumbnail?: string; kind: string }[]) : []).filter(({ kind }) => kind === 'foreign');
  expect(own).toEqual([expect.objectContaining({ name: 'turn', thumbnail: expect.any(String) })]);
  expect(await inspectPicture(join(home, 'networks', own[0]?.id ?? '', 'thumbnail.png'))).toMatchObject({ width: 512 });
});

test('is refused where it paints no pictures or is none, and nothing stands in the gallery', async () => {
  const home = temporaryFolder();
  const ask = studioIn(home);
  writeFileSync(join(home, 'features.onnx'), tinyFeatureNetwork());
  writeFileSync(join(home, 'torn.onnx'), styleNetwork().slice(0, 50));
  expect(await ask('styles.import', { file: { path: join(home, 'features.onnx') } })).toMatchObject({ fault: { code: 'network.not-an-image-network' } });
  expect(await ask('styles.import', { file: { path: join(home, 'torn.onnx') } })).toMatchObject({ fault: { code: 'network.corrupt' } });
  expect(existsSync(join(home, 'networks'))).toBe(false);
});
