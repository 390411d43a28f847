// The built page in a real browser over a scripted studio: a small gallery, one document, answers a test may replace.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildIfStale, root } from '../../build/freshness.mjs';
import type { StyleCard } from '../../src-main/contract/style-card.ts';
import { openChromium } from './chromium.ts';
import { galleryStyle, openedDocument, smallPicture } from './scripted-gallery.ts';
import { openScriptedStudio, type ScriptedAnswers, type ScriptedStudio } from './scripted-studio.ts';

export interface ScriptedPage {
  readonly studio: ScriptedStudio;
  readonly page: Page;
  /** Errors and warnings of the page's console, and exceptions nobody caught. */
  readonly complaints: string[];
  /** Opens the sample document. */
  openDocument(): Promise<void>;
  workspace(name: string): Promise<void>;
  close(): Promise<void>;
}

const card = (title: string, painter: string): StyleCard => ({
  title: { en: title, 'zh-CN': `${title}（中）` },
  painter: { en: painter, 'zh-CN': painter },
  painterDied: 1900,
  year: '1890',
  heldAt: { en: 'Oslo', 'zh-CN': '奥斯陆' },
  medium: { en: 'oil', 'zh-CN': '油画' },
  tags: ['oil'],
  source: 'a scan',
  sale: { en: 'Pictures may be sold.', 'zh-CN': '可以出售。' },
});

export const scriptedStyles = [
  galleryStyle('scream', { card: card('The Scream', 'Edvard Munch'), thumbnail: 'picture-1' }),
  galleryStyle('wave', { card: card('Great Wave', 'Katsushika Hokusai'), thumbnail: 'picture-2' }),
  galleryStyle('kitchen', { origin: 'own', thumbnail: 'picture-3' }),
];

function standardAnswers(): ScriptedAnswers {
  const settings = { formatVersion: 1 as const };
  return {
    status: () => ({ version: '0', host: 'browser', runtime: 'test', engine: 'answering', device: { provider: 'cpu' } }),
    'settings.read': () => settings,
    'settings.change': (changes) => Object.assign(settings, Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value ?? undefined]))),
    'documents.list': () => [],
    'documents.sample': () => openedDocument(),
    'documents.commit': () => ({ bytes: 1 }),
    'documents.amend': () => null,
    'documents.move': () => null,
    'documents.thumbnail': () => null,
    'documents.close': () => null,
    'jobs.list': () => [],
    'jobs.cancel': () => null,
    'styles.list': () => scriptedStyles,
    'teach.list': () => [],
    'pictures.flatten': ({ hidden, entry }) => ({ picture: hidden?.length || entry !== undefined ? 'picture-4' : 'picture-5', width: 96, height: 72 }),
  };
}

/** $VELATURA_PAGE, or the program's own, built where it is stale. */
function builtPage(): string {
  const page = process.env['VELATURA_PAGE'];
  if (page) return page;
  buildIfStale('out/renderer/index.html');
  return join(root, 'out/renderer');
}

/** The caller closes it. */
export async function openScriptedPage(answers: ScriptedAnswers = {}, locale = 'en-GB'): Promise<ScriptedPage> {
  const [studio, browser] = await Promise.all([openScriptedStudio(builtPage(), { ...standardAnswers(), ...answers }), openChromium()]);
  for (let number = 1; number <= 8; number++) studio.pictures.set(`picture-${number}`, await smallPicture(number));
  const page = await browser.newPage({ locale, viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000); // A busy machine is late, not wrong.
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(studio.address);
  await page.locator('.start').waitFor(); // Now keys are heard.
  return {
    studio,
    page,
    complaints,
    openDocument: async () => {
      await page.getByRole('button', { name: /sample picture|示例图片/ }).first().click();
      await page.locator('[data-style-card]').first().waitFor();
    },
    workspace: (name) => page.getByRole('button', { name, exact: true }).first().click(),
    close: async () => {
      await browser.close();
      await studio.close();
    },
  };
}
