// Flag values: what is understood, and what is refused.
import { expect, test } from 'vitest';
import { cropFlag, normaliseArguments, numberFlag, readFrameFlags, readMix, strokeFlag, wholeFlag } from '../../../../src-main/hosts/cli/flags.ts';
import { textsOf } from '../../../../src-main/hosts/cli/texts/texts.ts';

const texts = textsOf('en');

test('a style carries its weight after the last equals sign', () => {
  expect(readMix(['starry=2', 'monet', 'a=b=0.5', 'x=2.onnx'], [], texts)).toEqual([
    { style: 'starry', weight: 2 },
    { style: 'monet', weight: 1 },
    { style: 'a=b', weight: 0.5 },
    { style: 'x=2.onnx', weight: 1 },
  ]);
});

test('a mask finds the style it places', () => {
  expect(readMix(['a=b=2', 'a'], ['a=b=sky.png', 'a=ground=1.png'], texts)).toEqual([
    { style: 'a=b', weight: 2, mask: 'sky.png' },
    { style: 'a', weight: 1, mask: 'ground=1.png' },
  ]);
});

test('a second mask of one style is refused', () => {
  expect(() => readMix(['a'], ['a=x.png', 'a=y.png'], texts)).toThrow(/two masks/);
});

test.each(['', ' ', 'abc', '-1', '2', 'NaN', 'Infinity', '0x'])('“%s” is no number from 0 to 1', (value) => {
  expect(() => numberFlag('--strength', 0, 1, texts)(value, undefined)).toThrow(/--strength takes a number/);
});

test('a whole number is whole', () => {
  expect(wholeFlag('--seed', 0, 10, texts)('7', undefined)).toBe(7);
  expect(() => wholeFlag('--seed', 0, 10, texts)('7.5', undefined)).toThrow(/whole number/);
});

test('crops are four numbers in px each, or auto by itself', () => {
  const [first, second] = [{ x: 40, y: 60, width: 800, height: 600 }, { x: 0, y: 0, width: 100, height: 120 }];
  expect(cropFlag(texts)('40,60,800x600', undefined)).toEqual([first]);
  expect(cropFlag(texts)('0,0,100x120', [first])).toEqual([first, second]);
  for (const [value, before] of [['auto', [first]], ['0,0,100x120', 'auto'], ['auto', 'auto']] as const) expect(() => cropFlag(texts)(value, before)).toThrow(/by itself/);
  expect(() => cropFlag(texts)('0,0,100x120', Array.from({ length: 16 }, () => first))).toThrow(/16 times/);
  expect(cropFlag(texts)('AUTO', undefined)).toBe('auto');
  for (const value of ['', '1,2,3', '1,2,3x', '-1,0,9x9', '1,2,3x4x5', 'all']) expect(() => cropFlag(texts)(value, undefined), value).toThrow(/X,Y,WxH/);
});

test('stroke sizes have names and percentages', () => {
  expect(['small', 'Medium', 'large', 'native', '150', '75%'].map((value) => strokeFlag(texts)(value, undefined))).toEqual([50, 100, 200, 0, 150, 75]);
  expect(() => strokeFlag(texts)('5', undefined)).toThrow(/percentage/);
});

test('a bare --keep-colours leaves the next word alone', () => {
  expect(normaliseArguments(['--keep-colours', 'a.jpg'])).toEqual(['--keep-colours=1', 'a.jpg']);
  expect(normaliseArguments(['--keep-colors', '0.5'])).toEqual(['--keep-colours', '0.5']);
  expect(normaliseArguments(['--keep-colors=0.5'])).toEqual(['--keep-colours=0.5']);
  expect(normaliseArguments(['a.jpg', '--keep-colours'])).toEqual(['a.jpg', '--keep-colours=1']);
});

test('the frame reads its own flags wherever they stand, up to --', () => {
  expect(readFrameFlags(['doctor', '--json', '--lang=zh-CN'])).toEqual({ json: true, lang: 'zh-CN' });
  expect(readFrameFlags(['inspect', '--', '--json'])).toEqual({ json: false });
});
