// Many byte strings in one body: each its length as uint32, little-endian, then its bytes.
import { StudioError } from '../../contract/fault.ts';

/** Length of one that is not there; it has no bytes. */
const absentLength = 0xffffffff;
/** Frames of one body. */
export const mostFrames = 16_384;

/** The frames as views of the body. Throws usage.invalid where the body is cut off, or a frame is empty. */
export function framesIn(body: Uint8Array): Uint8Array[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < body.length; ) {
    if (frames.length === mostFrames) throw malformed('it has too many frames');
    if (at + 4 > body.length) throw malformed('it ends in the middle of a length');
    const bytes = view.getUint32(at, true);
    at += 4;
    if (bytes === 0) throw malformed('a frame is empty');
    if (bytes > body.length - at) throw malformed('it ends in the middle of a frame');
    frames.push(body.subarray(at, at + bytes));
    at += bytes;
  }
  return frames;
}

/** One frame's length as it stands before its bytes; undefined for one that is not there. */
export function frameHead(bytes: Uint8Array | undefined): Uint8Array {
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, bytes?.length ?? absentLength, true);
  return head;
}

function malformed(reason: string): StudioError {
  return new StudioError('usage.invalid', { reason: `frames: ${reason}` });
}
