// Asks what is to become of a history that has outgrown the artist's limit: once when it is opened or passes it, again when it has grown further.
import { watch } from 'vue';
import { useSettings } from '../settings/settings-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useSizes } from '../widgets/use-sizes.ts';
import { useDocument } from './document-store.ts';

/** So much larger than when it was asked last, it is asked again. */
const growth = 1.1;
/** Among the dialog's choices: what is preselected. */
export const toLimit = 'limit';

export function useHistoryQuestion(): void {
  const [document, notices, settings, shell] = [useDocument(), useNotices(), useSettings(), useShell()];
  const { sizeInWords } = useSizes();
  /** Bytes when it was asked last, or fewer where it has become smaller since; undefined: not asked since the opening. */
  let askedAt: number | undefined;
  let notice: number | undefined;

  function withdraw(): void {
    if (notice !== undefined) notices.close(notice);
    notice = undefined;
  }

  function look(): void {
    const { bytes } = document;
    const limit = settings.historyLimit;
    if (askedAt !== undefined) askedAt = Math.min(askedAt, bytes);
    if (limit === undefined || bytes <= limit || document.readOnly || document.entries.size === 0) return withdraw();
    if (askedAt !== undefined && bytes < askedAt * growth) return;
    withdraw();
    askedAt = bytes;
    notice = notices.ask('history.panel.ask', { size: sizeInWords(bytes), limit: sizeInWords(limit) }, { words: 'history.panel.askDo', run: () => shell.open('thin', toLimit) });
  }

  function lookAnew(): void {
    withdraw();
    askedAt = undefined;
    look();
  }

  document.onOpen(lookAnew);
  watch(() => settings.historyLimit, lookAnew);
  watch(() => document.bytes, look);
}
