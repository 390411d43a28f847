// What an artist is told of a picture file before its pixels are read, as message codes.

/** Of a header; width and height are upright. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly space: string;
  readonly pages?: number;
  readonly hasAlpha: boolean;
  readonly icc?: Uint8Array;
  /** Name of the profile, where it can be read. */
  readonly profile: string | undefined;
}

/** Pictures with a shorter long side than this are called small. */
const smallPicturePx = 400;

/** Codes of contract/messages, in the order they are told. */
export function warningsOf({ width, height, format, space, pages = 1, hasAlpha, icc, profile }: PictureHeader): string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [space === 'cmyk', 'picture.cmyk-converted'],
    [pages > 1 && format !== 'tiff', 'picture.animated'],
    [pages > 1 && format === 'tiff', 'picture.many-pages'],
    [space !== 'cmyk' && profile !== undefined && !isSrgb(profile), 'picture.profile-converted'],
    [icc !== undefined && profile === undefined, 'picture.profile-unreadable'],
    [Math.max(width, height) < smallPicturePx, 'picture.small'],
    [space === 'b-w' || space === 'grey16', 'picture.grey'],
    [hasAlpha, 'picture.transparent'],
  ];
  return checks.flatMap(([holds, code]) => (holds ? [code] : []));
}

/** By the profile's name. */
export function isSrgb(profile: string | undefined): boolean {
  return profile !== undefined && /^sRGB\b/i.test(profile);
}
