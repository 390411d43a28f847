// velatura serve: the built browser host behind the command, from its address to Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { buildIfStale } from '../../../build/freshness.mjs';
import { freshFolder } from './run-cli.ts';

test('serve prints an address that answers, and closes on Ctrl-C', async () => {
  buildIfStale('out/main/browser.js');
  const main = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));
  const cli = spawn(process.execPath, ['--import', 'tsx', main, 'serve', '--no-open'], { env: { ...process.env, VELATURA_HOME: freshFolder() }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(cli, 'exit');
  onTestFinished(() => void cli.kill('SIGTERM'));
  let said = '';
  const address = await new Promise<string>((found, fail) => {
    cli.once('exit', () => fail(new Error(said)));
    cli.stdout.on('data', (part) => {
      said += String(part);
      const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (match) found(match[0]);
    });
  });
  expect(await (await fetch(address)).text()).toContain('<div id="app">');
  expect((await fetch(`${address}uploads`, { method: 'POST' })).status).toBe(401);
  cli.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(said).toContain('Closed.');
});
