// Every rule of the architecture check is shown to fail on a planted violation.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '../../..');
const script = join(repository, '.ci/check-architecture.mjs');
const planted: string[] = [];

/** Runs the check on a small tree; a file without a comment gets its first line. */
function check(files: Record<string, string>): { status: number | null; output: string } {
  const root = mkdtempSync(join(tmpdir(), 'velatura-architecture-'));
  planted.push(root);
  cpSync(join(repository, '.ci/architecture.json'), join(root, '.ci/architecture.json'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), /^(\/\/|<!--|!)/.test(text) ? text.replace(/^!/, '') : `// Duty.\n${text}`);
  }
  const { status, stdout } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, output: stdout };
}

afterEach(() => planted.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function block(lines: number): string {
  return '  void 0;\n'.repeat(lines);
}

const engine = 'src-main/engine';
const violations: Record<string, [rule: string, files: Record<string, string>]> = {
  'contract imports the engine': ['import', { 'src-main/contract/a.ts': "import { b } from '../engine/tensor/b.ts';" }],
  'a type import points the wrong way': [
    'import',
    { [`${engine}/tensor/a.ts`]: "import type { B } from '../graph/b.ts';" },
  ],
  'a re-export points the wrong way': ['import', { 'src-renderer/a.ts': "export * from '../src-main/services/b.ts';" }],
  'an import spread over lines points the wrong way': [
    'import',
    { [`${engine}/losses/a.ts`]: "import {\n  b,\n  c,\n} from '../networks/generator.ts';" },
  ],
  'a dynamic import points the wrong way': [
    'import',
    { 'src-main/hosts/browser/a.ts': "await import('../../engine/image/codec.ts');" },
  ],
  'a worker address points the wrong way': [
    'import',
    { 'src-main/services/a.ts': "new Worker(new URL('../processes/store.ts', import.meta.url));" },
  ],
  'a component imports a service': [
    'import',
    { 'src-renderer/Panel.vue': "<!-- Panel. -->\n<script setup lang=\"ts\">\nimport { b } from '../src-main/services/b.ts';\n</script>" },
  ],
  'a program file imports a test': ['import', { 'src-main/services/a.ts': "import { b } from '../../test/support/b.ts';" }],
  'a style imports its sibling': [
    'sibling',
    { [`${engine}/styles/glaze/a.ts`]: "import { b } from '../external/b.ts';" },
  ],
  'a host imports another host': ['sibling', { 'src-main/hosts/cli/a.ts': "import { b } from '../browser/b.ts';" }],
  'a file stands outside the layers': ['layer', { 'src-main/stray.ts': 'export {};' }],
  'an import leaves out the ending': ['ending', { 'src-main/services/a.ts': "import { b } from './b';" }],
  'sharp is imported beside the codec': ['only', { [`${engine}/image/resample.ts`]: "import sharp from 'sharp';" }],
  'electron is imported by the browser host': [
    'only',
    { 'src-main/hosts/browser/a.ts': "import type { App } from 'electron';" },
  ],
  'the contract imports a package': ['package', { 'src-main/contract/a.ts': "import ws from 'ws';" }],
  'the renderer imports Node': ['platform', { 'src-renderer/a.ts': "import { join } from 'node:path';" }],
  'three files import each other in a ring': [
    'cycle',
    {
      'src-main/services/a.ts': "import { b } from './b.ts';",
      'src-main/services/b.ts': "import type { C } from './c.ts';",
      'src-main/services/c.ts': "import { a } from './a.ts';",
    },
  ],
  'a file has 401 lines': ['file-size', { 'src-main/services/a.ts': `// Duty.\n${block(400)}` }],
  'a table has 501 lines': ['file-size', { 'src-main/contract/messages/en.ts': `// Duty.\n${block(500)}` }],
  'a function has 101 lines': ['function-size', { 'src-main/services/a.ts': `export function long() {\n${block(99)}}` }],
  'an arrow function has 101 lines': ['function-size', { 'src-main/services/a.ts': `const f = async (): Promise<{ n: number }> => {\n${block(99)}};` }],
  'a method has 101 lines': ['function-size', { 'src-main/services/a.ts': `class A {\n  async go(x = { y: 1 }): Promise<Map<string, { a: 1 }>> {\n${block(99)}}\n}` }],
  'a file is called helpers': ['name', { 'test/support/session-helpers.ts': '' }],
  'a folder is called utils': ['name', { 'src-main/services/utils/a.ts': '' }],
  'a file is in camel case': ['name', { 'src-main/services/theThing.ts': '' }],
  'a component is in kebab case': ['name', { 'src-renderer/a-panel.vue': '<!-- A. -->' }],
  'a parameter is untyped': ['mark', { 'src-main/services/a.ts': `export function f(x: ${'any'}[]) {}` }],
  'a generic is untyped': ['mark', { 'src-main/services/a.ts': `let x: Map<string, ${'any'}>;` }],
  'a cast gives up the type': ['mark', { 'test/unit/a.test.ts': `f(x as ${'any'});` }],
  'the type check is switched off': ['mark', { 'src-main/services/a.ts': `// @ts-${'ignore'}` }],
  'a comment puts work off': ['mark', { 'bench/a.mjs': `// ${'TO'}${'DO'} later` }],
  'a file begins without its duty': ['first-line', { 'src-main/services/a.ts': '!export {};\n' }],
};

describe('the architecture check refuses a tree in which', () => {
  test.each(Object.entries(violations))('%s', (_, [rule, files]) => {
    const { status, output } = check(files);
    expect(output).toMatch(new RegExp(`^fault \\[${rule}\\] .+:\\d+ .+; .+\\.$`, 'm'));
    expect(output).toContain(' 1 faults');
    expect(status).toBe(1);
  });
});

describe('the architecture check accepts', () => {
  test.each<[string, Record<string, string>]>([
    ['imports along the table', {
      'src-main/contract/a.ts': "import * as v from 'valibot';",
      [`${engine}/graph/ops/add.ts`]: "import { a } from '../../../contract/a.ts';\nimport { t } from '../../tensor/t.ts';",
      [`${engine}/losses/content.ts`]: "import { f } from '../networks/perceptual-features.ts';",
      [`${engine}/styles/glaze/index.ts`]: "import type { S } from '../style-engine.ts';\nimport { c } from '../../image/codec.ts';",
      [`${engine}/styles/index.ts`]: "import { g } from './glaze/index.ts';",
      'src-main/processes/engine.ts': "import { c } from '../engine/image/codec.ts';\nimport { s } from '../services/s.ts';",
      'src-main/hosts/browser/a.ts': "import { readFile } from 'node:fs/promises';\nimport logo from '../../../resources/logo.png?asset';",
      'src-renderer/a.ts': "import { blend } from '../src-main/raster/blend.ts';",
      'test/unit/a.test.ts': "import { blend } from '../../src-main/raster/blend.ts';\nimport sharp from 'sharp';",
    }],
    ['imports and marks that only stand in comments and strings', {
      'src-main/contract/a.ts': "/* import x from '../engine/x.ts'; */\nexport const s = \"import y from 'sharp'\"; // as any number",
      'src-main/contract/b.ts': "export const note = { any: 1, text: `of ${[1].map((n) => `x: any ${n}`)}` };\nconst r = /[/'\"]: any/;",
    }],
    ['a factory of 40-line functions, each of which counts for itself', {
      'src-main/services/a.ts': `// Duty.\nexport function create() {\n  function one() {\n${block(40)}  }\n  const two = () => {\n${block(40)}  };\n  return { one, two };\n}`,
    }],
    ['long blocks that are no functions', {
      'src-main/services/a.ts': `if (a) {\n${block(120)}}\nfor (const b of c()) {\n${block(120)}}\n`,
      'src-main/services/b.ts': `const table = f(a ? (b) : c, {\n${block(120)}});\nclass D extends mixin(E) {\n${block(120)}}`,
    }],
  ])('%s', (_, files) => {
    const { status, output } = check(files);
    expect(output).toContain(' 0 faults, 0 warnings');
    expect(status).toBe(0);
  });

  test('a file of 251 lines and a function of 61, with a warning each', () => {
    const { status, output } = check({ 'src-main/services/a.ts': `// Duty.\nfunction f() {\n${block(59)}}\n${block(190)}` });
    expect(output).toMatch(/^warning \[file-size\]/m);
    expect(output).toMatch(/^warning \[function-size\]/m);
    expect(status).toBe(0);
  });
});
