// The name that a colour profile gives itself (ICC.1:2022, tag 'desc').

/** Description of an ICC profile, e.g. 'Display P3'; nothing where it has none that can be read. */
export function iccName(profile: Uint8Array): string | undefined {
  const bytes = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  if (bytes.length < 132) return undefined;
  const count = Math.min(bytes.readUInt32BE(128), 100);
  for (let i = 0; i < count && 144 + 12 * i <= bytes.length; i++) {
    const entry = 132 + 12 * i;
    if (bytes.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const start = bytes.readUInt32BE(entry + 4);
    return textOf(bytes.subarray(start, start + bytes.readUInt32BE(entry + 8)));
  }
  return undefined;
}

function textOf(tag: Buffer): string | undefined {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc' && tag.length > 12) return clean(tag.toString('latin1', 12, 12 + tag.readUInt32BE(8)));
  if (type !== 'mluc' || tag.length < 28) return undefined;
  const start = tag.readUInt32BE(24);
  const words = tag.subarray(start, start + tag.readUInt32BE(20));
  return clean(Buffer.from(words.subarray(0, words.length - (words.length % 2))).swap16().toString('utf16le'));
}

function clean(text: string): string | undefined {
  return text.replaceAll('\0', '').trim().slice(0, 100) || undefined;
}
