// Styles that another program puts into the library while the studio is open.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { watchStyles } from '../../../../src-main/services/library/watch-styles.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

test('what is added or removed beside the studio is heard of, once for a burst, and never after the end', async () => {
  const home = temporaryFolder();
  const folders = { home, styles: join(home, 'styles'), work: join(home, 'work'), resources: join(home, 'none') };
  const logged: string[] = [];
  let heard = 0;
  const watched = watchStyles(folders, () => heard++, (message) => logged.push(message));
  onTestFinished(watched.close);
  await watched.start();
  await watched.start();
  expect(logged).toHaveLength(1); // There are no shipped styles here.
  await writeFile(join(folders.styles, '.a.vstyle.tmp'), 'half');
  await pause(500);
  expect(heard).toBe(0);
  for (let part = 0; part < 5; part++) await writeFile(join(folders.styles, 'a.vstyle'), 'x'.repeat(part));
  await expect.poll(() => heard).toBe(1);
  await rm(join(folders.styles, 'a.vstyle'));
  await expect.poll(() => heard).toBe(2);
  watched.close();
  await writeFile(join(folders.styles, 'b.vstyle'), '');
  await pause(500);
  expect(heard).toBe(2);
});
