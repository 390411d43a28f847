// Settings: kept through changes, and never a reason not to start.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeSettings, readSettings } from '../../../../src-main/services/host/settings.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('settings', () => {
  it('are the standard ones where there is no file', async () => {
    expect(await readSettings(join(temporaryFolder(), 'none'))).toEqual({ settings: { formatVersion: 1 } });
  });

  it('keep what a change does not name, unknown fields too', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ formatVersion: 1, language: 'en', dreams: [1] }));
    await changeSettings(home, { threads: 2 });
    expect((await readSettings(home)).settings).toEqual({ formatVersion: 1, language: 'en', dreams: [1], threads: 2 });
  });

  it.each(['{"formatVersion":1,"threads":-4}', '{"format', '[]', ''])('put an unreadable file aside: %j', async (words) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'settings.json'), words);
    expect(await readSettings(home)).toEqual({ settings: { formatVersion: 1 }, replaced: { file: 'settings.json', kept: 'settings.unreadable.json' } });
    expect(readFileSync(join(home, 'settings.unreadable.json'), 'utf8')).toBe(words);
  });
});
