// Plain data as indented lines for people: what doctor and inspect show.
import { columns } from './columns.ts';

/** Any record, list or value as lines: scalars in columns, deeper things indented beneath their name. */
export function factLines(value: unknown, indent = ''): string[] {
  if (Array.isArray(value)) return listLines(value, indent);
  if (!isRecord(value)) return [indent + wordsOf(value)];
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null && item !== '');
  const flat = entries.filter(([, item]) => isFlat(item)).map(([name, item]) => [wordsOfName(name), wordsOf(item)]);
  const deep = entries.filter(([, item]) => !isFlat(item));
  return [...columns(flat, indent), ...deep.flatMap(([name, item]) => [`${indent}${wordsOfName(name)}`, ...factLines(item, `${indent}  `)])];
}

/** Flat records are a table; anything else is item after item. */
function listLines(items: readonly unknown[], indent: string): string[] {
  const records = items.filter(isRecord);
  if (records.length < items.length || !records.every((record) => Object.values(record).every(isFlat))) return items.flatMap((item) => itemLines(item, indent));
  const isSaid = (name: string): boolean => records.some((record) => wordsOf(record[name] ?? '') !== '');
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(isSaid);
  return columns([names.map(wordsOfName), ...records.map((record) => names.map((name) => wordsOf(record[name] ?? '')))], indent);
}

function itemLines(item: unknown, indent: string): string[] {
  const lines = factLines(item, `${indent}  `);
  return lines.map((line, index) => (index === 0 ? `${indent}- ${line.slice(indent.length + 2)}` : line));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Scalars and short lists of scalars fit on one line. */
function isFlat(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item !== 'object') && value.join(', ').length <= 100 : !isRecord(value);
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(wordsOf).join(', ');
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(5)));
  return String(value);
}

/** learnedSizePx → learned size px; a name that does not begin like a field's is data and stays. */
function wordsOfName(name: string): string {
  if (!/^[a-z]+([A-Z][a-z0-9]*)*$/.test(name)) return name;
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
