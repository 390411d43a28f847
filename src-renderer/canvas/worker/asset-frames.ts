// Frames of /assets: each a uint32 length (little endian) and as many bytes.

/** Length that says: not there. */
const absent = 0xffffffff;

export function joinFrames(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(frames.reduce((sum, { byteLength }) => sum + 4 + byteLength, 0));
  const lengths = new DataView(joined.buffer);
  let at = 0;
  for (const frame of frames) {
    lengths.setUint32(at, frame.byteLength, true);
    joined.set(frame, at + 4);
    at += 4 + frame.byteLength;
  }
  return joined;
}

/** Each frame its own copy, so that one does not keep the whole answer in memory; undefined where it is not there. Stops where the bytes are cut off. */
export function splitFrames(bytes: Uint8Array): (Uint8Array | undefined)[] {
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: (Uint8Array | undefined)[] = [];
  let at = 0;
  while (at + 4 <= bytes.byteLength) {
    const length = lengths.getUint32(at, true);
    at += 4;
    if (length === absent) frames.push(undefined);
    else if (at + length > bytes.byteLength) return frames;
    else {
      frames.push(bytes.slice(at, at + length));
      at += length;
    }
  }
  return frames;
}
