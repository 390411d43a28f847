// The platform of plain Node: whose folders, and children that answer and end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnvironment, foldersOf, linkTo } from '../../../src-main/services/node-platform.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('foldersOf', () => {
  it('follows VELATURA_HOME before anything else', () => {
    expect(foldersOf({ VELATURA_HOME: '/elsewhere', HOME: '/home/a' }, 'linux')).toMatchObject({ home: '/elsewhere', styles: '/elsewhere/styles' });
  });

  it.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.local/share/velatura'],
    ['linux', { HOME: '/home/a', XDG_DATA_HOME: '/data' }, '/data/velatura'],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Application Support/Velatura'],
    ['win32', { HOME: '/u', APPDATA: '/u/roaming' }, '/u/roaming/Velatura'],
  ] as const)('uses the folder of the system on %s', (system, environment, home) => {
    expect(foldersOf(environment, system).home).toBe(home);
  });
});

describe('a child process', () => {
  function script(text: string): string {
    const path = join(temporaryFolder(), 'child.mjs');
    writeFileSync(path, text);
    return path;
  }

  it('gets and gives typed arrays as they are', async () => {
    const child = linkTo(script(`process.once('message', (m) => process.send({ sum: m.data[0] + m.data[1], back: m.data }, () => process.disconnect()));`), []);
    const answer = new Promise((settle) => child.onMessage(settle));
    child.send({ data: new Float32Array([1, 2]) });
    expect(await answer).toEqual({ sum: 3, back: new Float32Array([1, 2]) });
    expect(await new Promise((settle) => child.onExit(settle))).toEqual({ code: 0, signal: null });
  });

  it('tells its exit code, also to a listener that comes late, and takes messages without complaint afterwards', async () => {
    const child = linkTo(script('process.exit(3)'), []);
    for (let i = 0; i < 2; i++) expect(await new Promise((settle) => child.onExit(settle))).toEqual({ code: 3, signal: null });
    child.send('too late');
  });

  it('ends at once when killed', async () => {
    const child = linkTo(script(`setInterval(() => {}, 1000); process.send('up')`), []);
    await new Promise((settle) => child.onMessage(settle));
    child.kill();
    expect(await new Promise((settle) => child.onExit(settle))).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('the engine gives memory back to the system unless the artist has said how; other children have the environment as it is', async () => {
    const own = { PATH: '/bin', MALLOC_ARENA_MAX: '8' };
    expect(childEnvironment('trainer', own)).toEqual(own);
    expect(childEnvironment('engine', own)).toMatchObject({ ...own, MALLOC_MMAP_THRESHOLD_: expect.stringMatching(/^\d+$/) as string });
    const child = linkTo(script(`process.send(process.env.MALLOC_TRIM_THRESHOLD_ ?? 'none')`), [], { env: childEnvironment('engine', process.env) });
    const told = await new Promise((hear) => child.onMessage(hear));
    child.kill();
    expect(told).toBe(childEnvironment('engine', {})['MALLOC_TRIM_THRESHOLD_']);
  });
});
