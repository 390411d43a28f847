// Names of colour profiles, also of profiles that lie about their sizes.
import { expect, it } from 'vitest';
import { iccName } from '../../../../src-main/engine/image/icc-name.ts';
import { outputProfile } from '../../../../src-main/engine/image/output-profile.ts';

const own = Buffer.from(outputProfile('display-p3')!.bytes);
const at = own.indexOf('mluc');

/** The profile with a number of its description written over. */
function lying(offset: number, value: number): Buffer {
  const profile = Buffer.from(own);
  profile.writeUInt32BE(value, at + offset);
  return profile;
}

it('reads the name of a profile', () => {
  expect(iccName(own)).toBe('Display P3');
});

it('takes what there is of a name that is cut off, or claims to be longer than the file', () => {
  const first = own.subarray(0, at + 28);
  expect(iccName(first)).toBeUndefined();
  for (let more = 1; more < 30; more++) expect('Display P3'.startsWith(iccName(own.subarray(0, at + 28 + more)) ?? '')).toBe(true);
  for (const bytes of [0, 1, 7, 0x7fffffff, 0xfffffffe, 0xffffffff]) expect(typeof iccName(lying(20, bytes))).toMatch(/string|undefined/);
  for (const start of [0, 27, 0xfffffff0]) expect(typeof iccName(lying(24, start))).toMatch(/string|undefined/);
});
