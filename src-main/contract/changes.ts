// How a record changes: values set at paths, each change its own undo when turned around.
import * as v from 'valibot';
import { StudioError } from './fault.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `path` leads from the record to a value; an absent `before` or `after` means that nothing stands there. */
export interface Change {
  readonly path: readonly string[];
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

const changeSchema = v.object({
  path: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.minLength(1), v.maxLength(12)),
  before: v.optional(v.custom<Json>(isJson)),
  after: v.optional(v.custom<Json>(isJson)),
});
export const changesSchema = v.pipe(v.array(changeSchema), v.maxLength(100_000)) satisfies v.GenericSchema<unknown, Change[]> as v.GenericSchema<unknown, Change[]>;

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The changes that take back what these did. */
export function inverse(changes: readonly Change[]): Change[] {
  return changes.map(({ path, before, after }) => ({ path, before: after, after: before })).reverse();
}

/**
 * A record after changes; the one given stays as it was, untouched parts are shared. Arrays are values: they are set whole.
 * Throws document.conflict where a change starts from another value than stands there.
 * copied: objects of one's own that are changed in place, for thousands of steps in a row; of no use after a conflict.
 */
export function applyChanges<T extends object>(record: T, changes: readonly Change[], copied = new Set<object>()): T {
  const own = (value: object): Record<string, Json> => {
    if (copied.has(value)) return value as Record<string, Json>;
    const copy = { ...value } as Record<string, Json>;
    copied.add(copy);
    return copy;
  };
  const next = own(record);
  for (const change of changes) applyOne(next, change, own);
  return next as T;
}

function applyOne(record: Record<string, Json>, { path, before, after }: Change, own: (value: object) => Record<string, Json>): void {
  let place = record;
  for (const [depth, key] of path.entries()) {
    if (forbidden.has(key)) throw new StudioError('document.conflict', { path: path.join('/') });
    if (depth === path.length - 1) {
      if (!sameJson(place[key], before)) throw new StudioError('document.conflict', { path: path.join('/') });
      if (after === undefined) delete place[key];
      else place[key] = after;
      return;
    }
    const below = place[key];
    if (typeof below !== 'object' || below === null || Array.isArray(below)) throw new StudioError('document.conflict', { path: path.join('/') });
    place = place[key] = own(below);
  }
}

/** Deep equality of JSON values; undefined equals only undefined. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, Json>, b as Record<string, Json>];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  return Object.values(value).every((inner) => inner === undefined || isJson(inner));
}
