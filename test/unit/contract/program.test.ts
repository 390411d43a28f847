// The stated version is the package's.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { program, programLabel } from '../../../src-main/contract/program.ts';

test('the stated version is the one of package.json', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(manifest).toMatchObject({ name: program.name.toLowerCase(), version: program.version });
  expect(programLabel).toBe(`Velatura ${program.version}`);
});
