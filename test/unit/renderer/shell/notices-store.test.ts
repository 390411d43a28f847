// Notices: what is said once, how long it stays, and what waits while somebody reads.
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import { useNotices } from '../../../../src-renderer/shell/notices-store.ts';

describe('notices', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
  });
  afterEach(() => void vi.useRealTimers());

  test('go after their time; a fault stays until it is closed', () => {
    const notices = useNotices();
    notices.tell('canvas.hints.locked');
    const fault = notices.fault(new StudioError('disk.full', { path: '/' }));
    vi.advanceTimersByTime(60_000);
    expect(notices.list.map(({ id }) => id)).toEqual([fault]);
    if (fault !== undefined) notices.close(fault);
    expect(notices.list).toEqual([]);
  });

  test('say the same thing once, and longer', () => {
    const notices = useNotices();
    notices.tell('canvas.hints.locked');
    vi.advanceTimersByTime(5000);
    notices.tell('canvas.hints.locked');
    expect(notices.list).toHaveLength(1);
    vi.advanceTimersByTime(5000);
    expect(notices.list).toHaveLength(1);
    vi.advanceTimersByTime(5000);
    expect(notices.list).toEqual([]);
  });

  test('of what a file could not keep stay until they are closed; other notes have their time', () => {
    const notices = useNotices();
    const kept = notices.notes([{ key: 'picture.transparent', details: { file: 'a.psd' } }, { key: 'psd.effects-left-out', details: { layer: 'Sky' } }])!;
    notices.notes([{ key: 'picture.grey', details: { file: 'b.png' } }]);
    expect(notices.list).toHaveLength(2);
    notices.hold(true);
    notices.hold(false);
    vi.advanceTimersByTime(3_600_000);
    expect(notices.list.map(({ id }) => id)).toEqual([kept]);
    for (const words of ['canvas.hints.locked', 'canvas.hints.hidden', 'canvas.hints.noLayer', 'canvas.hints.readOnly']) notices.tell(words);
    for (const path of ['/a', '/b', '/c']) notices.fault(new StudioError('disk.full', { path }));
    expect(notices.list.map(({ id }) => id)).toContain(kept);
    expect(notices.list).toHaveLength(3);
    notices.close(kept);
    expect(notices.list.map(({ kind }) => kind)).toEqual(['fault', 'fault']);
  });

  test('that pass make room before a fault does; the newest is always shown', () => {
    const notices = useNotices();
    const fault = notices.fault(new StudioError('disk.full', { path: '/' }));
    const losses = ['Sky', 'Sea'].map((layer) => notices.notes([{ key: 'psd.text-as-pixels', details: { layer } }])!);
    const hint = notices.tell('canvas.hints.locked');
    expect(notices.list.map(({ id }) => id)).toEqual([...losses, hint]);
    const later = notices.fault(new StudioError('disk.full', { path: '/b' }));
    expect(notices.list.map(({ id }) => id)).toEqual([...losses, later]);
    expect(fault).not.toBe(later);
  });

  test('take what the artist has stopped for no fault', () => {
    useNotices().fault(new StudioError('job.cancelled'));
    expect(useNotices().list).toEqual([]);
  });

  test('say a fault once, with the work it ended and what can be done, whoever says it first; of two works it is said twice', () => {
    const full = new StudioError('disk.full', { path: '/' });
    const again = { words: 'jobs.retry', run: () => undefined };
    const shown = () => useNotices().list.map((notice) => [notice.kind === 'fault' && notice.about, notice.action?.words]);
    useNotices().fault(full);
    useNotices().fault(full, again, 'Save: a.ora');
    useNotices().fault(full);
    expect(shown()).toEqual([['Save: a.ora', 'jobs.retry']]);
    useNotices().fault(full, again, 'Export: b.png');
    expect(shown()).toEqual([['Save: a.ora', 'jobs.retry'], ['Export: b.png', 'jobs.retry']]);
  });

  test('wait while they are held, and have their whole time afterwards', () => {
    const notices = useNotices();
    notices.tell('canvas.hints.locked');
    vi.advanceTimersByTime(6000);
    notices.hold(true);
    notices.tell('canvas.hints.hidden');
    vi.advanceTimersByTime(60_000);
    expect(notices.list).toHaveLength(2);
    notices.hold(false);
    vi.advanceTimersByTime(6000);
    expect(notices.list).toHaveLength(2);
    vi.advanceTimersByTime(2000);
    expect(notices.list).toEqual([]);
  });

  test('that ask stay, whatever time passes and whatever else is said', () => {
    const notices = useNotices();
    const run = vi.fn();
    const asked = notices.ask('history.panel.ask', { size: '2 GB', limit: '1 GB' }, { words: 'history.panel.askDo', run });
    for (const words of ['canvas.hints.locked', 'canvas.hints.hidden', 'canvas.hints.noLayer', 'canvas.hints.readOnly']) notices.tell(words);
    expect(notices.list.map((notice) => notice.kind === 'words' && notice.words)).toEqual(['history.panel.ask', 'canvas.hints.noLayer', 'canvas.hints.readOnly']);
    vi.advanceTimersByTime(600_000);
    expect(notices.list.map(({ id }) => id)).toEqual([asked]);
    notices.close(asked);
    expect(notices.list).toEqual([]);
  });

  test('are three at most, the latest; all are closed at once', () => {
    const notices = useNotices();
    for (const words of ['canvas.hints.locked', 'canvas.hints.hidden', 'canvas.hints.noLayer', 'canvas.hints.readOnly']) notices.tell(words);
    expect(notices.list.map((notice) => notice.kind === 'words' && notice.words)).toEqual(['canvas.hints.hidden', 'canvas.hints.noLayer', 'canvas.hints.readOnly']);
    notices.closeAll();
    expect(notices.list).toEqual([]);
    vi.advanceTimersByTime(60_000);
  });

  test('that offer a recipe stay, and what passes goes before them', () => {
    const notices = useNotices();
    const offered = notices.offer({ file: 'garden.png', glazes: [] }, 'layer');
    expect(notices.offer({ file: 'garden.png', glazes: [] }, 'layer')).toBe(offered);
    for (const words of ['canvas.hints.locked', 'canvas.hints.hidden', 'canvas.hints.noLayer', 'canvas.hints.readOnly']) notices.tell(words);
    expect(notices.list.map((notice) => (notice.kind === 'words' ? notice.words : notice.kind))).toEqual(['recipe', 'canvas.hints.noLayer', 'canvas.hints.readOnly']);
    vi.advanceTimersByTime(60_000);
    expect(notices.list.map(({ id }) => id)).toEqual([offered]);
  });
});
