// Statistics the host has measured, joined to the record where they fit.
import type { AssetId, LayerId } from '../../../src-main/contract/document.ts';
import type { EntryId, HistoryEntry } from '../../../src-main/contract/history.ts';
import { setProp } from '../../document/layer-changes.ts';
import { glazeOf } from './glaze-changes.ts';
import type { EditedDocument } from '../../document/live-edit.ts';

export interface MeasuredGlaze {
  readonly document: string;
  readonly layer: LayerId;
  readonly statistics: AssetId;
  /** Renewed because the picture has changed much. */
  readonly drift: boolean;
}

interface StatisticsDocument extends EditedDocument {
  readonly entries: ReadonlyMap<EntryId, HistoryEntry>;
}

export interface StatisticsKeeper {
  take(measured: MeasuredGlaze): void;
  /** The record has changed: what waited may fit now. */
  retry(): void;
  forget(): void;
}

/** Statistics join the newest step of history. Into an older one, from which others go on, they would not fit: they wait. */
export function createStatisticsKeeper(document: StatisticsDocument): StatisticsKeeper {
  let waiting: MeasuredGlaze | undefined;

  const leadsOn = (): boolean => [...document.entries.values()].some(({ parent }) => parent === document.head);

  const take = (measured: MeasuredGlaze): void => {
    const { record } = document;
    const glaze = glazeOf(record, measured.layer);
    if (!record || !glaze || record.id !== measured.document) return;
    if (measured.drift && glaze.statisticsLocked) return;
    if (leadsOn()) return void (waiting = measured);
    document.amend(setProp(record, measured.layer, ['statistics'], measured.statistics));
  };

  return {
    take,
    retry() {
      const measured = waiting;
      if (!measured || leadsOn()) return;
      waiting = undefined;
      // Of another state's pixels by now: good enough only where there are none at all.
      if (glazeOf(document.record, measured.layer)?.statistics === undefined) take(measured);
    },
    forget: () => void (waiting = undefined),
  };
}
