// Pictures as every side names them: sizes, regions and pixels in memory.

/** Width and height in pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels; x and y may be negative where a window reaches past the picture's edge. */
export interface Region extends Extent {
  readonly x: number;
  readonly y: number;
}

/** A region as it is written on the command line: X,Y,WxH. */
export function regionInWords({ x, y, width, height }: Region): string {
  return `${x},${y},${width}x${height}`;
}

/** Samples per pixel: 1 grey, 3 RGB, 4 RGB and straight alpha. */
export type Channels = 1 | 3 | 4;

/**
 * Interleaved samples, row by row, no padding. 8 bit: 0–255 in a Uint8Array; 16 bit: 0–65535 in a Uint16Array.
 * sRGB-encoded unless a name says otherwise; alpha straight.
 */
export type PixelBuffer = Extent & { readonly channels: Channels } & (
    | { readonly depth: 8; readonly data: Uint8Array }
    | { readonly depth: 16; readonly data: Uint16Array }
  );

/** What a picture file is, before its pixels are decoded. */
export interface PictureInfo extends Extent {
  /** 'jpeg' | 'png' | 'webp' | 'tiff' | … as the codec names it. Width and height are after EXIF orientation. */
  readonly format: string;
  readonly hasAlpha: boolean;
  readonly depth: 8 | 16;
  /** Colour space as stored, e.g. 'srgb', 'cmyk', 'b-w'. */
  readonly space: string;
  readonly pages: number;
  /** Description of the embedded ICC profile, where there is one. */
  readonly profile?: string;
  /** Print resolution the file names. */
  readonly dpi?: number;
  /** About how many MB reading it takes, where its format cannot be read in strips. */
  readonly memoryMB?: number;
  /** Sentences for the artist: "is CMYK and was converted", "is animated; the first frame is used" … as message codes. */
  readonly warnings: readonly string[];
}
