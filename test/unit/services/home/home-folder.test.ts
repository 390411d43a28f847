// Which folder is the artist's: the variable's, the chosen one, the system's; a chosen one that is gone is never replaced by an empty one.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepChoice, markName, pointerName, readChoice, resolveHome, type Environment } from '../../../../src-main/services/home/home-folder.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let root: string;
let environment: Environment;
let standard: string;
let chosen: string;

beforeEach(() => {
  root = temporaryFolder();
  environment = { HOME: root, XDG_DATA_HOME: root };
  standard = join(root, 'velatura');
  chosen = join(root, 'disk', 'art');
  mkdirSync(chosen, { recursive: true });
});

const resolved = (more: Environment = {}) => resolveHome({ ...environment, ...more }, 'linux');

describe('resolveHome', () => {
  it('takes the folder that was chosen, and the variable before it', async () => {
    expect(resolved()).toEqual({ home: standard, from: 'standard', standard });
    await keepChoice(standard, chosen);
    expect(resolved()).toEqual({ home: chosen, from: 'chosen', standard });
    expect(resolved({ VELATURA_HOME: join(root, 'other') })).toEqual({ home: join(root, 'other'), from: 'variable', standard });
    expect(resolved({ VELATURA_HOME: '' }).home).toBe(chosen);
  });

  it('goes back to the standard folder where that was chosen', async () => {
    await keepChoice(standard, chosen);
    await keepChoice(standard, standard);
    expect(resolved()).toEqual({ home: standard, from: 'standard', standard });
  });

  it('refuses a chosen folder that is gone, also where an empty one stands in its place', async () => {
    await keepChoice(standard, chosen);
    renameSync(chosen, `${chosen}-unplugged`);
    const gone = expect.objectContaining({ code: 'home.gone', details: { place: chosen, pointer: join(standard, pointerName) } }) as Error;
    expect(() => resolved()).toThrow(gone);
    mkdirSync(chosen); // What a disk was mounted on.
    expect(() => resolved()).toThrow(gone);
    writeFileSync(join(chosen, markName), '{"formatVersion":1}');
    expect(resolved().home).toBe(chosen);
  });

  it.each([
    ['is cut off', '{"formatVersion":1,"ho'],
    ['names nothing', '{"formatVersion":1}'],
    ['is of a newer program', '{"formatVersion":2,"home":"/x"}'],
  ])('refuses a choice that %s', (_, words) => {
    mkdirSync(standard);
    writeFileSync(join(standard, pointerName), words);
    expect(() => resolved()).toThrow(expect.objectContaining({ code: 'home.unreadable' }) as Error);
    expect(resolved({ VELATURA_HOME: chosen }).home).toBe(chosen);
  });

  it('keeps the choice in the standard folder alone', async () => {
    await keepChoice(standard, chosen);
    expect(readChoice(standard)).toBe(chosen);
    rmSync(join(standard, pointerName));
    expect(readChoice(standard)).toBeUndefined();
  });
});

it('every host of plain Node finds the same folder, and only when it is asked for', async () => {
  await keepChoice(standard, chosen);
  const platform = nodePlatform({ environment: { HOME: root, XDG_DATA_HOME: root, APPDATA: root } });
  if (process.platform === 'linux') expect(platform.folders).toMatchObject({ home: chosen, styles: join(chosen, 'styles') });
  rmSync(join(chosen, markName));
  expect(() => nodePlatform({ environment })).not.toThrow();
});
