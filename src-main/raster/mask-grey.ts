// What a colour is worth when it is painted on a mask.

/** Grey of a mask in [0,255], not rounded, for sRGB-encoded values in [0,1]: their luma by the weights of Rec. 709. */
export function maskGrey(r: number, g: number, b: number): number {
  return 255 * (0.2126 * r + 0.7152 * g + 0.0722 * b);
}
