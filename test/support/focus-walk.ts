// Walks a page with Tab as a person does, and says of each stop what it is, whether it is seen and where it lies.
import type { Locator, Page } from 'playwright-core';

export interface FocusStop {
  readonly role: string;
  /** As a screen reader says it. */
  readonly name: string;
  /** What is wrong with it. */
  readonly faults: readonly string[];
}

/** More stops than any part of the window has. */
const mostStops = 250;

/** The next Tab goes to the first stop of the page. */
export async function focusNothing(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.blur();
    document.body.removeAttribute('tabindex');
  });
}

/** Presses Tab until the focus is where it began, or with the page itself. `within`: it must not leave that. Marks that come slowly are not seen: ask for no motion. */
export async function walkFocus(page: Page, within?: Locator): Promise<FocusStop[]> {
  const line = await page.context().newCDPSession(page);
  const root = await within?.elementHandle();
  const stops: FocusStop[] = [];
  try {
    while (stops.length <= mostStops) {
      await page.keyboard.press('Tab');
      const faults = await page.evaluate(judgeFocus, { root: root ?? null, isFirst: stops.length === 0 });
      if (!faults) return stops;
      const { role, name } = await nameOf(line);
      stops.push({ role, name, faults: name === '' ? [...faults, 'has no name'] : faults });
    }
    throw new Error(`Tab does not come back; last were ${stops.slice(-6).map(({ name }) => name).join(', ')}.`);
  } finally {
    await line.detach();
  }
}

async function nameOf(line: Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>): Promise<{ readonly role: string; readonly name: string }> {
  const { result } = await line.send('Runtime.evaluate', { expression: 'document.activeElement' });
  const { nodes } = await line.send('Accessibility.getPartialAXTree', { objectId: result.objectId ?? '', fetchRelatives: false });
  return { role: String(nodes[0]?.role?.value ?? ''), name: String(nodes[0]?.name?.value ?? '').trim() };
}

/** In the page: what is wrong with the element in focus; nothing where the walk is at its end. */
function judgeFocus({ root, isFirst }: { readonly root: Node | null; readonly isFirst: boolean }): string[] | undefined {
  const kept = globalThis as typeof globalThis & { walked?: { first: Element; last: Element } | undefined };
  const now = document.activeElement;
  if (isFirst) kept.walked = undefined;
  if (!now || now === document.body || now === kept.walked?.first) return undefined;
  const faults: string[] = [];
  const box = now.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  if (root && !root.contains(now)) faults.push('lies outside');
  if (box.width < 1 || box.height < 1 || !now.checkVisibility({ opacityProperty: true, visibilityProperty: true })) faults.push('is not seen');
  else if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push('lies out of the window');
  else {
    const at = document.elementFromPoint(x, y);
    if (at && !now.contains(at) && !at.contains(now)) faults.push(`is covered by ${at.outerHTML.slice(0, 60)}`);
  }
  if (!isMarked(now)) faults.push('has no mark');
  if (kept.walked && !follows(kept.walked.last, now)) faults.push('comes before what was in focus');
  kept.walked = { first: kept.walked?.first ?? now, last: now };
  return faults;

  /** It, what it is the field of, or a part of it looks other than without the focus. */
  function isMarked(element: Element): boolean {
    const around = [element, element.parentElement, element.parentElement?.parentElement, ...element.querySelectorAll('*')].filter((each) => each instanceof Element);
    const look = (): string => around.flatMap((each) => ['', '::after'].map((part) => {
      const { outlineStyle, outlineColor, borderColor, backgroundColor, boxShadow, stroke, opacity, content } = getComputedStyle(each, part || undefined);
      return [outlineStyle, outlineColor, borderColor, backgroundColor, boxShadow, stroke, opacity, content].join();
    })).join();
    const marked = look();
    (element as HTMLElement).blur();
    const plain = look();
    (element as HTMLElement).focus({ focusVisible: true } as FocusOptions);
    return marked !== plain;
  }

  /** Where their ways part in the tree, one part lies below the other or to its right. */
  function follows(before: Element, after: Element): boolean {
    const ways = [before, after].map((element) => {
      const way: Element[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) way.unshift(at);
      return way;
    });
    let depth = 0;
    while (ways[0]![depth] === ways[1]![depth] && ways[0]![depth]) depth++;
    const [a, b] = ways.map((way) => (way.slice(depth).find((each) => each.getBoundingClientRect().width > 0) ?? way.at(-1)!).getBoundingClientRect());
    if (!a || !b || ways.some((way) => depth >= way.length)) return true; // One holds the other.
    const isBelow = b.top >= a.bottom - 2;
    const isRight = b.left >= a.right - 2 || (b.left > a.left && b.top < a.bottom);
    return isBelow || isRight || (b.top > a.top && b.left >= a.left - 2);
  }
}
