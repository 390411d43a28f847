// Requests about what the artist has chosen, and about whose work the program stands on.
import { StudioError } from '../../contract/fault.ts';
import { settingsSchema, type Settings } from '../../contract/schema.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { readLicences } from './licences.ts';
import { changeSettings, readSettings } from './settings.ts';
import type { StudioContext } from './studio-context.ts';

/** A page sets what this program knows; what a newer one has written stays as it is. */
const known: ReadonlySet<string> = new Set(Object.keys(settingsSchema.entries).filter((key) => key !== 'formatVersion'));
/** Keys and their names, written out. */
const longestBytes = 256 * 1024;

export function settingsRequests({ platform, emit }: StudioContext): Pick<StudioApi, 'settings.read' | 'settings.change' | 'licences'> {
  const { home } = platform.folders;
  let last: Promise<unknown> = Promise.resolve();
  /** One after another: each change reads what the one before wrote. */
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = last.then(action);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    'settings.read': () =>
      inTurn(async () => {
        const { settings, replaced } = await readSettings(home);
        if (replaced) platform.log('warn', `${replaced.file} was unreadable and is kept as ${replaced.kept}`);
        return settings;
      }),
    'settings.change': (changes) =>
      inTurn(async () => {
        const settings = await changeSettings(home, onlyKnown(changes));
        emit({ kind: 'settings', settings });
        return settings;
      }),
    licences: () => readLicences(),
  };
}

/** What is null is forgotten. */
function onlyKnown(changes: Parameters<StudioApi['settings.change']>[0]): Partial<Settings> {
  const kept = Object.fromEntries(Object.entries(changes).filter(([key]) => known.has(key)).map(([key, value]) => [key, value ?? undefined]));
  if (JSON.stringify(kept).length > longestBytes) throw new StudioError('usage.invalid', { reason: 'the settings are too large' });
  return kept;
}
