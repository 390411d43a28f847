// Who wins a painting, and how often ours does.
import { describe, expect, it } from 'vitest';
import type { Judged } from '../../../../bench/quality/judges.ts';
import { bestForeign, championOf, meanOf, verdictOf, type Row } from '../../../../bench/quality/verdict.ts';

const judged = (style: number, content: number, more: Partial<Judged> = {}): Judged => {
  const opinion = { style, styleHalf: style, content };
  return { impartial: opinion, second: { style: 9, styleHalf: 9, content: 9 }, variety: 1, kernel: 0.4, ssim: 0.5, colourShift: 10, ...more };
};
const row = (painting: string, column: string, maker: Row['maker'], style: number, content: number, kernel = 0.4): Row => ({ painting, column, maker, name: column, mean: judged(style, content, { kernel }) });

describe('verdictOf', () => {
  const rows = [
    row('wave', 'photo', 'photo', 0.1, 0),
    row('wave', 'shipped', 'ours', 1, 0.5),
    row('wave', 'peer', 'foreign', 1.2, 0.6, 0.3),
    row('wave', 'arbitrary', 'foreign', 1.1, 0.4, 0.5),
    row('night', '15 s', 'ours', 1.5, 0.3),
    row('night', '120 s', 'ours', 1, 0.5),
    row('night', 'arbitrary', 'foreign', 0.9, 0.4, 0.6),
  ];
  const verdict = verdictOf(rows);

  it('names the best of every painting and leaves the photograph out', () => {
    expect(verdict.winners).toEqual([
      { painting: 'wave', style: 'shipped', content: 'arbitrary', both: undefined },
      { painting: 'night', style: 'arbitrary', content: '15 s', both: undefined },
    ]);
  });

  it('lets the shipped style stand for ours, else the one taught longest', () => {
    expect(championOf(rows.slice(0, 4))?.column).toBe('shipped');
    expect(championOf(rows.slice(4))?.column).toBe('120 s');
  });

  it('calls a duel split where one has the style and the other the content', () => {
    expect(verdict.duels.map(({ painting, against, both }) => [painting, against, both])).toEqual([
      ['wave', 'peer', 'ours'],
      ['wave', 'arbitrary', 'split'],
      ['night', 'arbitrary', 'theirs'],
    ]);
  });

  it('counts a painting as won against every foreign one only where all its duels are', () => {
    expect(verdict.ours['peer']).toEqual({ paintings: 1, style: 1, content: 1, both: 1, kernel: 0 });
    expect(verdict.ours['arbitrary']).toEqual({ paintings: 2, style: 1, content: 0, both: 0, kernel: 2 });
    expect(verdict.ours['every foreign one']).toEqual({ paintings: 2, style: 1, content: 0, both: 0, kernel: 1 });
  });

  it('takes the foreign network that comes closest to the painting as the best one', () => {
    expect(bestForeign(rows.slice(0, 4))?.column).toBe('arbitrary');
  });
});

describe('meanOf', () => {
  it('averages every number', () => {
    const mean = meanOf([judged(1, 0.2), judged(2, 0.4)]);
    expect(mean.impartial).toEqual({ style: 1.5, styleHalf: 1.5, content: 0.3 });
    expect(mean.second.style).toBe(9);
  });

  it('gives realism only where every result has it', () => {
    expect(meanOf([judged(1, 1, { realism: 1 }), judged(1, 1, { realism: 2 })]).realism).toBe(1.5);
    expect(meanOf([judged(1, 1, { realism: 1 }), judged(1, 1)])).not.toHaveProperty('realism');
  });
});
