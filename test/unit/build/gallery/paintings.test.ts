// The table behind the shipped styles: whole in both languages, every name its own, the kinds an artist looks for.
import { expect, it } from 'vitest';
import { paintings, sale } from '../../../../build/gallery/paintings.ts';
import { styleTags } from '../../../../src-main/contract/style-card.ts';
import { isFileName } from '../../../../src-main/services/library/style-name.ts';

it('names 28 paintings, in the order of the code table', () => {
  const slugs = paintings.map(({ slug }) => slug);
  expect(slugs).toHaveLength(28);
  expect([slugs[0], slugs[2], slugs[22], slugs[27]]).toEqual(['cross-landscape', 'hokusai-great-wave', 'vangogh-starry-night', 'zhang-zeduan-qingming-scroll']);
});

it('calls no two styles by the same name, in any language', () => {
  const names = paintings.flatMap(({ slug, title }) => [slug, title.en, title['zh-CN']].map((name) => name.toLowerCase()));
  expect(new Set(names).size).toBe(names.length);
});

it('can be asked for on a command line, where = stands before a weight and @ before an id', () => {
  for (const { slug, title } of paintings) {
    expect(isFileName(slug), slug).toBe(true);
    for (const name of [slug, title.en, title['zh-CN']]) expect(name).not.toMatch(/[=@]/);
  }
});

it('says everything in both languages', () => {
  for (const { slug, title, painter, heldAt, medium } of [...paintings, { slug: 'sale', title: sale, painter: sale, heldAt: sale, medium: sale }]) {
    for (const words of [title, painter, heldAt, medium]) {
      expect(words.en, slug).toMatch(/[a-z]/i);
      expect(words['zh-CN'], slug).toMatch(/\p{Script=Han}/u);
    }
  }
});

it('has painters who died more than seventy years ago', () => {
  for (const { slug, painterDied } of paintings) expect(painterDied, slug).toBeLessThan(new Date().getFullYear() - 70);
});

it('has each kind that an artist looks for, and no tag outside the list', () => {
  const tags = new Set<string>(paintings.flatMap((painting) => painting.tags));
  for (const kind of ['wash', 'ink', 'drawing', 'woodcut', 'flat', 'pointillism', 'impasto']) expect(tags).toContain(kind);
  expect([...tags].filter((tag) => !(styleTags as readonly string[]).includes(tag))).toEqual([]);
});
