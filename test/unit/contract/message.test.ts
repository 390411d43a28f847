// Words: complete, alike in every language, and filled from documented details.
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../../../src-main/contract/fault.ts';
import { faultDetails } from '../../../src-main/contract/messages/detail.ts';
import { languages, messageOf, messagesIn, placeholdersOf, warningOf } from '../../../src-main/contract/messages/message.ts';
import { warningDetails, type WarningKey } from '../../../src-main/contract/messages/warning.ts';

const warningKeys = Object.keys(warningDetails) as WarningKey[];

describe.each(languages)('messages in %s', (language) => {
  const { faults, warnings } = messagesIn(language);

  it('has a finished sentence and a remedy for every fault', () => {
    for (const code of faultCodes) {
      expect(faults[code].sentence, code).toMatch(/[.。]$/);
      expect(faults[code].remedy, code).toMatch(/[.。]$/);
    }
  });

  it('uses documented details only', () => {
    for (const code of faultCodes) {
      const used = placeholdersOf(faults[code].sentence + faults[code].remedy);
      expect(faultDetails[code], code).toEqual(expect.arrayContaining(used));
    }
    for (const key of warningKeys) {
      expect([...warningDetails[key]].sort(), key).toEqual(placeholdersOf(warnings[key]));
    }
  });

  it('names the file wherever the details name one', () => {
    for (const code of faultCodes.filter((each) => faultDetails[each].includes('file'))) {
      expect(placeholdersOf(faults[code].sentence), code).toContain('file');
    }
  });
});

describe('messages of two languages', () => {
  it('use the same placeholders', () => {
    const [first, ...others] = languages.map(messagesIn);
    for (const other of others) {
      for (const code of faultCodes) {
        const words = (table: typeof other) => placeholdersOf(table.faults[code].sentence);
        expect(words(other), code).toEqual(words(first ?? other));
      }
    }
  });

  it('are not the same words', () => {
    const sentences = languages.map((language) => faultCodes.map((code) => messagesIn(language).faults[code].sentence));
    expect(new Set(sentences.flat()).size).toBe(languages.length * faultCodes.length);
  });
});

describe('messageOf', () => {
  it('fills a sentence with the details of the fault', () => {
    const { sentence } = messageOf({ code: 'picture.too-large', details: { file: 'a.png', width: 90000, height: 10, limit: '1 GP' } }, 'en');
    expect(sentence).toBe('a.png is 90000 × 10 px, more than the limit of 1 GP.');
  });

  it('leaves braces inside details alone and marks a forgotten detail', () => {
    expect(messageOf({ code: 'checkpoint.corrupt', details: { file: '{reason}.png' } }, 'en').sentence).toContain('{reason}.png is damaged (…)');
  });

  it('does not read inherited names as details', () => {
    expect(messageOf({ code: 'picture.missing', details: Object.create({ file: 'x' }) }, 'en').sentence).toBe('… was not found.');
  });
});

describe('warningOf', () => {
  it('fills a warning and shows an unknown key as it is', () => {
    expect(warningOf('mask.resized', { file: 'm.png' }, 'zh-CN')).toContain('m.png');
    expect(warningOf('toString', {}, 'en')).toBe('toString');
  });
});
