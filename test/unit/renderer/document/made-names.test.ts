// Names that the program made are shown in the language of the page; what the artist typed stays.
import { describe, expect, test } from 'vitest';
import { glazeNameFor, nextName, shownNames } from '../../../../src-renderer/document/made-names.ts';
import type { StyleCard } from '../../../../src-main/contract/style-card.ts';
import { languages } from '../../../../src-renderer/locales/words.ts';
import { madeNames } from '../../../../src-main/contract/made-names.ts';
import { galleryStyle } from '../../../support/scripted-gallery.ts';

const titled = (name: string, en: string, zh: string) => galleryStyle(name, { card: { title: { en, 'zh-CN': zh } } as StyleCard });
const styles = [titled('scream', 'The Scream', '呐喊'), titled('wave', 'Great Wave', '神奈川冲浪里'), galleryStyle('My strokes', { origin: 'own' })];
const byName = new Map(styles.map((style) => [style.name, style]));
const [english, chinese] = [shownNames('en', styles), shownNames('zh-CN', styles)];

describe('a name is shown', () => {
  test('in the language of the page where the program made it, in whichever language that was', () => {
    expect(['Paint', '绘画', '图层 1', 'Background', '呐喊'].map(english)).toEqual(['Paint', 'Paint', 'Layer 1', 'Background', 'The Scream']);
    expect(['Paint', '绘画', 'Layer 1', '背景', 'Great Wave'].map(chinese)).toEqual(['绘画', '绘画', '图层 1', '背景', '神奈川冲浪里']);
  });

  test('of a document as of a layer', () => {
    expect(['Evening lake', '未命名'].map(english)).toEqual(['Evening lake', 'Untitled']);
    expect(['Evening lake', 'Untitled', 'Untitled copy'].map(chinese)).toEqual(['湖上黄昏', '未命名', '未命名 副本']);
  });

  test('as it is where the artist typed it', () => {
    for (const name of ['Sky', 'Paint 1', 'Paint 02', 'Paint 2b', 'Sky 2', 'the scream', 'My strokes', '天空', '']) expect([english(name), chinese(name)]).toEqual([name, name]);
  });

  test('of a copy as that of a copy, and of a copy of one', () => {
    expect(chinese('Paint copy')).toBe('绘画 副本');
    expect(english('绘画 副本 副本')).toBe('Paint copy copy');
    expect(english('天空 副本')).toBe('天空 copy');
    expect(chinese('$& copy')).toBe('$& 副本');
    expect(chinese(' copy')).toBe(' copy');
  });

  test('with the number that tells it from earlier ones', () => {
    expect(['绘画 2', '图层组 12', '绘画 3 副本'].map(english)).toEqual(['Paint 2', 'Group 12', 'Paint 3 copy']);
    expect(['Paint 2', 'Fill 2 copy'].map(chinese)).toEqual(['绘画 2', '填充 2 副本']);
  });

  test('to and fro without loss, whatever the program makes', () => {
    for (const one of languages) for (const [key, name] of Object.entries(madeNames[one])) if (key !== 'copy') expect(shownNames(one, styles)(chinese(english(name)))).toBe(name);
  });
});

describe('one more layer', () => {
  test('is numbered after those there are, in whichever language they were made', () => {
    expect(nextName('paint', 'en', ['Background', 'Sky'])).toBe('Paint');
    expect(nextName('paint', 'en', ['Paint'])).toBe('Paint 2');
    expect(nextName('paint', 'zh-CN', ['Paint', 'Paint 2'])).toBe('绘画 3');
    expect(nextName('group', 'en', ['图层组 4', 'Paint 9'])).toBe('Group 5');
    expect(nextName('paint', 'en', ['Paint 3', 'Paint copy', 'Painting'])).toBe('Paint 4');
  });
});

describe('a glaze', () => {
  const one = (style: string) => ({ style, weight: 1 });

  test('is called as its next style, whichever language the name of the one before is in', () => {
    for (const name of ['The Scream', '呐喊']) {
      expect(glazeNameFor(name, [one('scream')], [one('wave')], byName, 'zh-CN')).toBe('神奈川冲浪里');
      expect(glazeNameFor(name, [one('scream')], [one('My strokes')], byName, 'en')).toBe('My strokes');
    }
    expect(glazeNameFor('My strokes', [one('My strokes')], [one('wave')], byName, 'en')).toBe('Great Wave');
  });

  test('keeps a name of its own, and that of a style it still has', () => {
    expect(glazeNameFor('Evening light', [one('scream')], [one('wave')], byName, 'en')).toBeUndefined();
    expect(glazeNameFor('Great Wave', [one('scream')], [one('My strokes')], byName, 'en')).toBeUndefined();
    expect(glazeNameFor('呐喊', [one('scream')], [one('scream'), one('wave')], byName, 'en')).toBeUndefined();
    expect(glazeNameFor('呐喊', [one('scream')], [], byName, 'en')).toBeUndefined();
  });

  test('is called as what is left when its namesake leaves a mix', () => {
    expect(glazeNameFor('呐喊', [one('scream'), one('wave')], [one('wave')], byName, 'en')).toBe('Great Wave');
    expect(glazeNameFor('呐喊', [one('scream')], [one('wave'), one('My strokes')], byName, 'en')).toBe('Great Wave');
  });
});
