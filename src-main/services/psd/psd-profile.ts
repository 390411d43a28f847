// The colour profile inside a PSD file, which the library neither reads nor writes (Adobe Photoshop File Formats Specification, image resources).

const profileResource = 1039;
const headerBytes = 26;

/** A file of one's own that has no profile with one, as parts that follow each other: the pixels are not copied. */
export function withPsdProfile(file: Uint8Array, profile: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = headerBytes + 4 + view.getUint32(headerBytes);
  const end = start + 4 + view.getUint32(start);
  const resource = Buffer.alloc(12 + ((profile.byteLength + 1) & ~1));
  resource.write('8BIM', 0, 'latin1');
  resource.writeUInt16BE(profileResource, 4); // behind it two zeros: an empty name
  resource.writeUInt32BE(profile.byteLength, 8);
  resource.set(profile, 12);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(end - start - 4 + resource.byteLength);
  return [file.subarray(0, start), length, file.subarray(start + 4, end), resource, file.subarray(end)];
}

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
