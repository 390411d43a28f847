// The size of an exported picture.
import { expect, test } from 'vitest';
import { estimatedBytes, type exportFormats } from '../../../../src-renderer/panels/export/export-formats.ts';
import { enlargement, inPx, inUnit, proportional } from '../../../../src-renderer/panels/export/export-size.ts';
import { useExportForm } from '../../../../src-renderer/panels/export/use-export-form.ts';
import { openedDocument } from '../../../support/scripted-gallery.ts';

const { record } = openedDocument({ width: 1600, height: 1200 });

test.each([
  ['cm', 10, 300, 1181],
  ['in', 10, 300, 3000],
  ['px', 640.4, 300, 640],
  ['cm', 0.001, 72, 1],
] as const)('%s %f at %i dpi are %i px', (unit, length, dpi, px) => expect(inPx(length, unit, dpi)).toBe(px));

test('lengths on paper come back within half a pixel', () => {
  for (const px of [1, 57, 3543, 65_536]) expect(inPx(inUnit(px, 'cm', 300), 'cm', 300)).toBe(px);
});

test('proportions are kept whichever side is set', () => {
  expect(proportional(record, 'width', 800)).toEqual({ width: 800, height: 600 });
  expect(proportional(record, 'height', 300)).toEqual({ width: 400, height: 300 });
  expect(enlargement(record, { width: 3200, height: 2400 })).toBe(2);
});

test('on paper the size stays when the resolution changes; in px the px stay', () => {
  const { form, size, setLength, setDpi } = useExportForm(record);
  form.unit = 'cm';
  setLength('width', 20);
  setDpi(150);
  expect(size.value).toEqual({ width: 1181, height: 886 });
  form.unit = 'px';
  setDpi(300);
  expect(size.value.width).toBe(1181);
});

test.each([
  ['no length', 'px', 'width', 0],
  ['less than none', 'px', 'height', -5],
  ['a side too long', 'px', 'width', 65_537],
  ['another side too long', 'px', 'width', 60_000],
  ['too long on paper', 'cm', 'height', 1e6],
] as const)('%s is refused, and the size stays', (_, unit, side, length) => {
  const { form, size, isRefused, setLength, setDpi } = useExportForm({ ...record, width: 800, height: 1200 });
  form.unit = unit;
  setLength(side, length);
  expect([isRefused.value, size.value]).toEqual([true, { width: 800, height: 1200 }]);
  setLength('width', 10);
  expect(isRefused.value).toBe(false);
  for (const dpi of [0, 9601]) {
    setDpi(dpi);
    expect([isRefused.value, form.dpi]).toEqual([true, record.dpi]);
  }
});

test('a resolution at which a length on paper has too many px is refused', () => {
  const { form, isRefused, setLength, setDpi } = useExportForm(record);
  form.unit = 'cm';
  setLength('width', 60);
  setDpi(4800);
  expect([isRefused.value, form.dpi]).toEqual([true, record.dpi]);
});

test('a request says only what its format can hold', () => {
  const { form, request } = useExportForm(record);
  Object.assign(form, { format: 'jpeg', depth: 16, matte: '#ff8000' });
  const jpeg = request(record, undefined);
  expect(jpeg).toMatchObject({ depth: 8, quality: form.quality, name: 'Evening lake.jpg' });
  expect(jpeg.matte?.map((value) => Math.round(value * 255))).toEqual([255, 128, 0]);
  form.format = 'ora';
  const layered = request(record, '/tmp/x.ora');
  expect(layered).not.toHaveProperty('width');
  expect(layered).not.toHaveProperty('profile');
  expect(layered.out).toBe('/tmp/x.ora');
});

test('lower quality and fewer bits make smaller files', () => {
  const bytes = (format: keyof typeof exportFormats, depth: 8 | 16, quality: number): number => estimatedBytes(format, record, { depth, quality, layers: 2 });
  expect(bytes('jpeg', 8, 60)).toBeLessThan(bytes('jpeg', 8, 95));
  expect(bytes('png', 8, 90)).toBeLessThan(bytes('png', 16, 90));
});

test('a file name is the document’s until another is typed, and follows the format', () => {
  const { form, fileName, request } = useExportForm(record);
  form.format = 'png';
  expect(fileName()).toBe('Evening lake.png');
  Object.assign(form, { name: ' For the press ', format: 'tiff' });
  expect([fileName(), request(record, undefined).name]).toEqual(['For the press.tif', 'For the press.tif']);
  form.name = '  ';
  expect(fileName()).toBe('Evening lake.tif');
});

test('a width that was typed outlives formats that have none', () => {
  const { form, size, setLength, shown } = useExportForm(record);
  form.unit = 'px';
  setLength('width', 1000);
  form.format = 'psd';
  expect(size.value.width).toBe(record.width);
  form.format = 'webp';
  expect([size.value.width, shown('width')]).toEqual([1000, 1000]);
});
