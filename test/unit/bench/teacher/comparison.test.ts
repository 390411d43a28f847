// What styles of two teachers come to.
import { describe, expect, it } from 'vitest';
import { compareTeachers, meanOf, tableOf, type Result, type TeacherName } from '../../../../bench/teacher/comparison.ts';

const result = (painting: string, teacher: TeacherName, seed: number, style: number, content: number): Result => ({
  painting, teacher, seed, photo: 'lion', opinions: { squeezenet: { style, content }, vgg: { style: 2 * style, content: 0.5 } },
});
const results = [
  result('wave', 'original', 1, 1, 0.4),
  result('wave', 'original', 2, 3, 0.5),
  result('wave', 'ours', 1, 2, 0.45),
  result('wave', 'ours', 2, 2.2, 0.45),
  result('night', 'original', 1, 1, 0.6),
  result('night', 'original', 2, 1, 0.6),
  result('night', 'ours', 1, 1, 0.3),
  result('night', 'ours', 2, 1.2, 0.3),
];

describe('compareTeachers', () => {
  const { paintings, all, chance } = compareTeachers(results);

  it('divides ours by the original, painting by painting and over all results', () => {
    expect(paintings['wave']!.squeezenet.ratio.style).toBeCloseTo(2.1 / 2);
    expect(paintings['night']!.squeezenet.ratio).toEqual({ style: expect.closeTo(1.1), content: expect.closeTo(0.5) });
    expect(all.squeezenet.ratio.style).toBeCloseTo((2 + 2.2 + 1 + 1.2) / (1 + 3 + 1 + 1));
    expect(all.vgg.ratio).toEqual({ style: expect.closeTo(6.4 / 6), content: 1 });
  });

  it('tells how far two seeds of the original are apart, painting by painting', () => {
    expect(chance!.squeezenet.style).toBeCloseTo((3 + 1) / 2);
    expect(chance!.squeezenet.content).toBeCloseTo((1.25 + 1) / 2);
    expect(compareTeachers(results.filter(({ seed }) => seed === 1)).chance).toBeUndefined();
  });

  it('calls ours good only where neither style nor content is more than a tenth farther', () => {
    const pair = (style: number, content: number) => compareTeachers([result('wave', 'original', 1, 1, 0.5), result('wave', 'ours', 1, style, content)]).good;
    expect(pair(1.09, 0.54)).toBe(true);
    expect(pair(0.5, 0.56)).toBe(false);
    expect(pair(1.11, 0.1)).toBe(false);
  });
});

describe('tableOf', () => {
  it('has a line for every painting, for all, for chance and for the photographs', () => {
    const table = tableOf(compareTeachers(results), { squeezenet: { style: 4, content: 0 }, vgg: { style: 5, content: 0 } });
    const lines = table.split('\n');
    expect(lines.slice(2).map((line) => line.split(' | ')[0])).toEqual(['| wave', '| night', '| **all**', '| two seeds of the original apart', '| the photographs']);
    expect(lines[2]).toContain('2.00 → 2.10, 1.05 | 0.45 → 0.45, 1.00');
    expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([7]));
  });
});

describe('meanOf', () => {
  it('averages style and content apart', () => {
    expect(meanOf([{ style: 1, content: 0 }, { style: 2, content: 1 }])).toEqual({ style: 1.5, content: 0.5 });
  });
});
