// Walks the wire bytes of a hostile model without building anything: counts, so that limits hold before memory is spent.
import protobuf from 'protobufjs/light.js';
import { onnxMessages } from './schema.ts';

export interface ScanLimits {
  readonly messages: number;
  readonly nodes: number;
  readonly depth: number;
  /** Bytes in typed number lists, which decode into eight times their size at worst. */
  readonly listBytes: number;
}

export type ScanCounts = { -readonly [K in keyof ScanLimits]: number };

/** The first limit that was passed. */
export class LimitPassed extends Error {
  readonly what: keyof ScanLimits;
  readonly limit: number;

  constructor(what: keyof ScanLimits, limit: number) {
    super(`more than ${limit} ${what}`);
    this.what = what;
    this.limit = limit;
  }
}

/** Counts a ModelProto. Throws LimitPassed, or a plain Error where the bytes are no protobuf. */
export function scanModel(bytes: Uint8Array, limits: ScanLimits): ScanCounts {
  const counts: ScanCounts = { messages: 0, nodes: 0, depth: 0, listBytes: 0 };
  scanMessage(protobuf.Reader.create(bytes), bytes.length, 'ModelProto', 1, { counts, limits });
  return counts;
}

interface Scan {
  readonly counts: ScanCounts;
  readonly limits: ScanLimits;
}

function scanMessage(reader: protobuf.Reader, end: number, message: string, depth: number, scan: Scan): void {
  count(scan, 'messages', scan.counts.messages + 1);
  count(scan, 'depth', Math.max(scan.counts.depth, depth));
  if (message === 'NodeProto') count(scan, 'nodes', scan.counts.nodes + 1);
  const types = fieldTypes.get(message)!;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const type = types.get(tag >>> 3);
    if ((tag & 7) !== lengthDelimited) {
      reader.skipType(tag & 7);
      continue;
    }
    const length = reader.uint32();
    const fieldEnd = reader.pos + length;
    if (fieldEnd > end) throw new Error('a field reaches past the end of its message');
    if (type !== undefined && fieldTypes.has(type)) scanMessage(reader, fieldEnd, type, depth + 1, scan);
    else if (type !== undefined && numberLists.has(type)) count(scan, 'listBytes', scan.counts.listBytes + length);
    reader.pos = fieldEnd;
  }
  if (reader.pos !== end) throw new Error('a message ends in the middle of a field');
}

function count(scan: Scan, what: keyof ScanLimits, value: number): void {
  scan.counts[what] = value;
  if (value > scan.limits[what]) throw new LimitPassed(what, scan.limits[what]);
}

const lengthDelimited = 2;
const numberLists: ReadonlySet<string> = new Set(['float', 'double', 'int32', 'int64', 'uint64']);

/** Per message: field number → type name. */
const fieldTypes: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map(
  Object.entries(onnxMessages).map(([message, fields]) => [
    message,
    new Map(Object.values(fields).map((rule) => [Number(rule.split(' ').at(-1)), rule.split(' ').at(-2)!])),
  ]),
);
