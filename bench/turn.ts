// Time of placing a large picture and of turning it by 45° at its own size, file to tiles on disk. Prints JSON.
// npx tsx bench/turn.ts [--side 8192] [--degrees 45] [--scale 1] [--picture FILE]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { multiply } from '../src-main/raster/transform.ts';
import { placePicture, transformPicture } from '../src-main/services/documents/place-picture.ts';
import { machine } from './machine.ts';

const { values } = parseArgs({
  options: { side: { type: 'string', default: '8192' }, degrees: { type: 'string', default: '45' }, scale: { type: 'string', default: '1' }, picture: { type: 'string' } },
});

const side = Number(values.side);
const folder = mkdtempSync(join(tmpdir(), 'velatura-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed<T>(action: () => Promise<T>): Promise<{ readonly answer: T; readonly ms: number; readonly cpuMs: number }> {
  const [at, cpu] = [performance.now(), process.cpuUsage()];
  const answer = await action();
  const used = process.cpuUsage(cpu);
  return { answer, ms: Math.round(performance.now() - at), cpuMs: Math.round((used.user + used.system) / 1000) };
}

async function measure(): Promise<void> {
  const folders = { assets: join(folder, 'assets'), scratch: join(folder, 'scratch') };
  for (const each of Object.values(folders)) mkdirSync(each);
  const path = join(folder, 'picture.jpg');
  const noise = sharp({ create: { width: 1024, height: 1024, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
  const made = values.picture === undefined ? sharp(await noise.png().toBuffer()) : sharp(values.picture);
  await made.resize(side, side, { fit: 'fill' }).jpeg({ quality: 90 }).toFile(path);
  const canvas = { width: side, height: side };
  const placed = await timed(() => placePicture({ path, canvas, fit: true, ...folders }));
  const angle = (Number(values.degrees) * Math.PI) / 180;
  const [c, s] = [Math.cos(angle) * Number(values.scale), Math.sin(angle) * Number(values.scale)];
  const transform = multiply([c, s, -s, c, side / 2, side / 2], [1, 0, 0, 1, -side / 2, -side / 2]);
  const turned = await timed(() => transformPicture({ source: placed.answer.source, transform, canvas, ...folders }));
  const results = { side, degrees: Number(values.degrees), scale: Number(values.scale), placeMs: placed.ms, turnMs: turned.ms, turnCpuMs: turned.cpuMs, tiles: Object.keys(turned.answer.pixels.tiles).length };
  process.stdout.write(`${JSON.stringify({ bench: 'turn', machine: machine(), results }, null, 2)}\n`);
}
