// The colour profile inside a PSD file, which its reader leaves out (Adobe Photoshop File Formats Specification, image resources).

const profileResource = 1039;
const headerBytes = 26;

/** Bytes of the ICC profile; undefined where there is none. */
export function psdProfile(file: Buffer): Buffer | undefined {
  const lengthAt = (at: number): number => (at + 4 <= file.length ? file.readUInt32BE(at) : 0);
  const start = headerBytes + 4 + lengthAt(headerBytes);
  const end = Math.min(file.length, start + 4 + lengthAt(start));
  for (let at = start + 4; at + 12 <= end && file.toString('latin1', at, at + 4) === '8BIM'; ) {
    const id = file.readUInt16BE(at + 4);
    // the name is a Pascal string, padded to an even length with its own length byte
    const sizeAt = at + 6 + ((file[at + 6]! + 2) & ~1);
    const dataAt = sizeAt + 4;
    const size = lengthAt(sizeAt);
    if (dataAt + size > end) return undefined;
    if (id === profileResource) return file.subarray(dataAt, dataAt + size);
    at = dataAt + ((size + 1) & ~1);
  }
  return undefined;
}
