// How the small picture of a state is kept: what is transparent stays so, and is shown over a chequer.

/** WebP; PNG where the browser writes no WebP. */
export function encodeState(canvas: OffscreenCanvas): Promise<Blob> {
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
}
