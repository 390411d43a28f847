// What of the screen is to be drawn anew: parts of the picture, or all of it.
import type { Region } from '../../../src-main/contract/image.ts';
import { isEmpty } from '../../../src-main/raster/region.ts';
import type { View } from '../viewport.ts';
import type { Look, Picture, Screen } from './screen.ts';

/** Parts drawn one by one; more are drawn as the whole screen. */
const mostParts = 6;

export interface ScreenDamage {
  add(...parts: readonly Region[]): void;
  all(): void;
  readonly isThere: boolean;
  /** Draws it; nothing is to be drawn then. */
  draw(picture: Picture | undefined, view: View, look: Look): void;
}

export function createScreenDamage(screen: Screen): ScreenDamage {
  let isAll = true;
  let parts: Region[] = [];
  return {
    add: (...more) => void parts.push(...more.filter((part) => !isEmpty(part))),
    all: () => void (isAll = true),
    get isThere() {
      return isAll || parts.length > 0;
    },
    draw: (picture, view, look) => {
      if (isAll || parts.length > mostParts) screen.draw(picture, view, look);
      else for (const part of parts) screen.draw(picture, view, look, part);
      isAll = false;
      parts = [];
    },
  };
}
