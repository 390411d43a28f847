// Wrong words on the command line: exit code 2 and a sentence that says what to write instead.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../../src-main/hosts/cli/run.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const [output, messages] = [new PassThrough(), new PassThrough()];
  const code = await runCommandLine(words, { environment: { VELATURA_HOME: '/nowhere', ...environment }, output, messages, interruptSignal: () => new AbortController().signal });
  output.end();
  messages.end();
  return { code, stdout: await text(output), stderr: await text(messages) };
}

const wrong: readonly (readonly [words: string, sentence: RegExp])[] = [
  ['', /Write which command to run/],
  ['stylise photo.jpg', /no command “stylise”/],
  ['stylize', /write picture/],
  ['stylize photo.jpg', /write --style NAME\|FILE/],
  ['stylize photo.jpg --styel starry', /no option --styel; write --style/],
  ['stylize photo.jpg --style starry=0', /weight after = is a number above 0/],
  ['stylize photo.jpg --style starry --strength 3', /--strength takes a number from 0 to 1; “3”/],
  ['stylize photo.jpg --style starry --light bright', /--light takes a number from 0 to 1; “bright”/],
  ['stylize photo.jpg --style starry --broken-colour 3', /--broken-colour takes a number from 0 to 1; “3”/],
  ['stylize photo.jpg --style starry --stroke fat', /--stroke takes small, medium, large, native/],
  ['stylize photo.jpg --style starry --mask monet=sky.png', /--mask is written STYLE=FILE/],
  ['stylize photo.jpg --style net.onnx --predictor other.onnx', /--predictor and --style-image belong together/],
  ['teach painting.jpg', /write --name NAME/],
  ['teach painting.jpg --name x --depth sketch --base none', /needs one; write --depth refine/],
  ['teach painting.jpg --name x --seconds 5 --steps 5', /either --seconds or --steps/],
  ['teach painting.jpg --name a/b', /style’s name/],
  ['evaluate --content a.jpg --style b.jpg', /write --result PICTURE/],
  ['styles extra', /too many words/],
  ['styles import', /write file/],
  ['styles rename starry a=b', /style’s name/],
  ['styles export starry --with-references', /no option --with-references; write --with-reference/],
  ['styles migrate', /either the name of a style or --all/],
  ['styles migrate starry --all', /either the name of a style or --all/],
  ['styles --lang klingon', /--lang takes one of en, zh-CN/],
];

test.each(wrong)('“velatura %s” is told what to write', async (words, sentence) => {
  const told = await run(words.split(' ').filter((word) => word !== ''));
  expect(told.stderr).toMatch(sentence);
  expect(told.stderr).toMatch(/See: velatura .*--help/);
  expect([told.code, told.stdout]).toEqual([2, '']);
});

test('a usage fault is one JSON document with --json', async () => {
  const told = await run(['stylize', 'photo.jpg', '--style', 'starry', '--strength', 'much', '--json']);
  expect(told.code).toBe(2);
  expect(JSON.parse(told.stdout)).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
});

test('the language follows --lang, else LANG', async () => {
  const [flag, environment] = await Promise.all([
    run(['stylize', 'photo.jpg', '--lang', 'zh-CN']),
    run(['stylize', 'photo.jpg'], { LANG: 'zh_CN.UTF-8' }),
  ]);
  expect(flag.stderr).toMatch(/缺少内容/);
  expect(environment.stderr).toBe(flag.stderr);
});

test.each(['import', 'export', 'rename', 'remove', 'migrate'])('velatura styles %s explains itself with examples', async (command) => {
  const told = await run(['styles', command, '--help']);
  expect(told.stdout).toMatch(new RegExp(`Examples:\\n  velatura styles ${command}`));
});

test('every command explains itself with examples', async () => {
  for (const command of ['teach', 'stylize', 'evaluate', 'styles', 'doctor', 'inspect', 'serve']) {
    const told = await run([command, '--help']);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(new RegExp(`Examples:\\n  velatura ${command}`));
    expect(told.stdout).toMatch(/--json/);
  }
});

test('a chosen folder that is gone is said, and no other one used; what needs none still answers', async () => {
  const user = temporaryFolder();
  const place = { VELATURA_HOME: '', HOME: user, XDG_DATA_HOME: user, APPDATA: user };
  for (const standard of ['velatura', 'Velatura', join('Library', 'Application Support', 'Velatura')]) {
    mkdirSync(join(user, standard), { recursive: true });
    writeFileSync(join(user, standard, 'home.json'), '{"formatVersion":1,"home":"/disk/that/is/away"}');
  }
  const listed = await run(['styles'], place);
  expect(listed.code).toBe(1);
  expect(listed.stderr).toMatch(/Your folder \/disk\/that\/is\/away is not there.*Connect its disk/s);
  expect((await run(['styles', '--help'], place)).code).toBe(0);
});
