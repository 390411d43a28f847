// Previews: painted when they are due and not before, from the averaged network, leaving no session.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodePixels } from '../../../../src-main/engine/image/codec.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { noSpread } from '../../../../src-main/engine/image/hue-spread.ts';
import { createPreviewer, type Previewer } from '../../../../src-main/services/teach/teach-preview.ts';
import { codeBySeed, weightsBySeed } from '../../../support/small-styles.ts';
import { smallGenerator, strokePicture } from '../../../support/small-teaching.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const sessions = createOrtSessions();
afterEach(() => {
  vi.restoreAllMocks();
  expect(sessions.liveSessions()).toBe(0);
});

const vectors = { weights: weightsBySeed(smallGenerator, 1), code: codeBySeed(smallGenerator, 1) };
const averaged = { ...vectors, 'weights.average': weightsBySeed(smallGenerator, 2), 'code.average': codeBySeed(smallGenerator, 2) };

function previewer(picture = strokePicture(70, 45)): Previewer {
  return createPreviewer({ generator: smallGenerator, learnedSizePx: 96, colourBreak: { spread: noSpread, marks: 'strokes' }, picture, folder: temporaryFolder(), sessions, threads: 1 });
}

describe('a preview', () => {
  it('is shown after three seconds, then every six', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const shown: number[] = [];
    const preview = previewer();
    for (let second = 0; second <= 16; second++) {
      clock.mockReturnValue(1000 * second);
      preview.at(second);
      const told = await preview.show(() => vectors, 'refine');
      if (told) shown.push(told.step);
    }
    expect(shown).toEqual([3, 9, 15]);
  });

  it('is the whole picture as the averaged network paints it', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const paint = async (given: typeof vectors): Promise<Uint8Array> => {
      now.mockReturnValue(0);
      const preview = previewer();
      now.mockReturnValue(5000);
      const told = await preview.show(() => given, 'paint');
      expect(await decodePixels(told!.file)).toMatchObject({ width: 70, height: 45, channels: 3 });
      return readFileSync(told!.file);
    };
    const own = { weights: averaged['weights.average'], code: averaged['code.average'] };
    expect(await paint(averaged)).toEqual(await paint(own));
    expect(await paint(averaged)).not.toEqual(await paint(vectors));
  });

  it('of the finished style is its thumbnail', async () => {
    const png = await previewer().thumbnail(averaged);
    expect([...png.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    const file = join(temporaryFolder(), 'thumbnail.png');
    writeFileSync(file, await previewer(strokePicture(640, 400)).thumbnail(averaged));
    expect(await decodePixels(file)).toMatchObject({ width: 320, height: 200 });
  });
});
