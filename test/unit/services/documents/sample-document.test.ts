// The sample document: whole, in both languages, with a style and a picture that ship.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { plainPaint, type LayerOf } from '../../../../src-main/contract/document.ts';
import { checkRecord } from '../../../../src-main/services/documents/document-check.ts';
import { documentOf, layerEnvelope } from '../../../../src-main/services/documents/new-document.ts';
import { sampleDocument, samplePicture } from '../../../../src-main/services/documents/sample-document.ts';

it('puts a glaze of a shipped style over a shipped picture', () => {
  const imported = documentOf('sample', { name: 'file', width: 8, height: 8 }, [{ ...layerEnvelope('file'), kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } }]);
  const names = (['en', 'zh-CN'] as const).map((language) => {
    const record = checkRecord(sampleDocument(imported, language));
    const [picture, glaze] = (record.layers['root'] as LayerOf<'group'>).children.map((id) => record.layers[id]!);
    expect([picture!.kind, glaze!.kind]).toEqual(['raster', 'glaze']);
    expect((glaze as LayerOf<'glaze'>).settings).toMatchObject(plainPaint);
    const [style] = (glaze as LayerOf<'glaze'>).settings.styles;
    expect(existsSync(resolve('resources/styles', `${style!.style}.vstyle`))).toBe(true);
    return [record.name, picture!.name, glaze!.name];
  });
  expect(existsSync(resolve('resources/samples', samplePicture))).toBe(true);
  expect(new Set(names.flat()).size).toBe(6);
});
