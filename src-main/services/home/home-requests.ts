// What windows ask of the artist's folder: where it is, whether another would do, that it becomes that.
import { StudioError } from '../../contract/fault.ts';
import type { HomeState } from '../../contract/home.ts';
import type { StudioApi, TeachRunState } from '../../contract/studio-api.ts';
import { rmdir } from 'node:fs/promises';
import { makeFolder } from '../disk.ts';
import { secondsLeftAt } from '../host/job-line.ts';
import type { RequestGate } from '../host/request-gate.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { withLibraryLock } from '../library/library-lock.ts';
import { checkHome, missingFolders } from './check-home.ts';
import { copyHome } from './copy-home.ts';
import { otherOwner } from './home-content.ts';
import { keepChoice, readChoice, type HomeFolder } from './home-folder.ts';

const toldEveryMs = 100;

/** Requests that are answered while the folder is being moved, and after it. */
export const answeredAlways = ['status', 'settings.read', 'licences', 'jobs.list', 'home.read', 'home.check', 'home.choose', 'home.cancel'] as const;

type HomeApi = Pick<StudioApi, 'home.read' | 'home.check' | 'home.choose' | 'home.cancel'>;

/** runs: those of teaching, as they are now. */
export function homeRequests({ platform, documents, jobs, emit }: StudioContext, gate: RequestGate, runs: () => Promise<readonly TeachRunState[]>): HomeApi {
  const { home } = platform.folders;
  const place: HomeFolder = platform.home ?? { home, from: 'variable', standard: home };
  let left: string | undefined;
  let copying: AbortController | undefined;

  const state = (): HomeState => {
    const next = place.from === 'variable' ? undefined : (readChoice(place.standard) ?? place.standard);
    return { folder: home, from: place.from, ...(next === undefined || next === home ? {} : { next }), ...(left === undefined ? {} : { left }) };
  };
  const requireFree = (): void => {
    if (place.from === 'variable') throw new StudioError('home.fixed');
    if (left !== undefined) throw new StudioError('home.moved');
  };
  const isBack = (folder: string): boolean => folder.trim() === home && state().next !== undefined;
  const check = async (folder: string) => (isBack(folder) ? ({ folder: home, holds: 'home' } as const) : checkHome(folder, place));
  /** Nothing else writes meanwhile: not this studio, nor another program. */
  const move = async (to: string, signal: AbortSignal): Promise<void> => {
    const isAtWork = (await runs()).some((run) => run.state === 'running' || run.state === 'paused') || jobs.list().some((job) => job.state === 'running' || job.state === 'waiting');
    if (isAtWork) throw new StudioError('home.busy');
    await documents.syncAll();
    const owner = await otherOwner(home);
    if (owner) throw new StudioError('home.locked', { place: home, who: owner.who, since: owner.since });
    const begunAt = performance.now();
    let toldAt = -Infinity;
    const progress = (doneBytes: number, totalBytes: number): void => {
      const now = performance.now();
      if (now - toldAt < toldEveryMs && doneBytes < totalBytes) return;
      toldAt = now;
      const secondsLeft = secondsLeftAt(totalBytes > 0 ? doneBytes / totalBytes : undefined, (now - begunAt) / 1000);
      emit({ kind: 'home.moving', doneBytes, totalBytes, ...(secondsLeft === undefined ? {} : { secondsLeft }) });
    };
    await withLibraryLock(home, 'the studio', () => copyHome(home, to, { signal, progress }));
    await keepChoice(place.standard, to);
    left = home;
    gate.shut('home.moved');
  };

  /** Into a folder that is made for it; what was made goes again where it fails or is stopped. */
  const moveInto = async (to: string): Promise<void> => {
    if (copying) throw new StudioError('home.busy'); // asked again: others came in while the folder was looked at
    const stop = (copying = new AbortController());
    let made: readonly string[] = [];
    try {
      made = await missingFolders(to);
      await makeFolder(to);
      await gate.alone(() => move(to, stop.signal));
    } catch (thrown) {
      for (const folder of made) await rmdir(folder).catch(() => undefined);
      throw thrown;
    } finally {
      copying = undefined;
    }
  };

  return {
    'home.read': async () => state(),
    'home.check': async ({ folder }) => {
      requireFree();
      return check(folder);
    },
    'home.choose': async ({ folder: wished, how }) => {
      requireFree();
      if (copying) throw new StudioError('home.busy');
      const { folder, holds } = await check(wished);
      if ((how === 'use') !== (holds === 'home')) throw new StudioError('usage.invalid', { reason: `the folder holds ${holds === 'home' ? 'a studio' : 'nothing'} now` });
      if (how === 'move') await moveInto(folder);
      else await makeFolder(folder).then(() => keepChoice(place.standard, folder));
      return state();
    },
    'home.cancel': async () => {
      copying?.abort();
      return null;
    },
  };
}
