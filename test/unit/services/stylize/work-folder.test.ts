// Folders of work in progress: what the dead leave is swept, what the living use is not.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorkFolder, sweepWorkFolders } from '../../../../src-main/services/stylize/work-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A number that no process has any more. */
const deadPid = String(spawnSync(process.execPath, ['-e', '']).pid);

test('a killed process’s folder is swept; a living one’s, another machine’s and anything else stay', async () => {
  const work = temporaryFolder();
  const own = basename(await makeWorkFolder(work));
  const left = own.replace(String(process.pid), deadPid);
  const elsewhere = `velatura-${deadPid}-another.machine-abcdef`;
  for (const name of [left, elsewhere, 'velatura-notes']) mkdirSync(join(work, name));
  writeFileSync(join(work, left, 'source.tif'), 'half a picture');
  await sweepWorkFolders(work);
  expect(readdirSync(work).sort()).toEqual([own, elsewhere, 'velatura-notes'].sort());
});

test('no folder to sweep in is nothing to sweep', async () => {
  await expect(sweepWorkFolders(join(temporaryFolder(), 'none'))).resolves.toBeUndefined();
});
