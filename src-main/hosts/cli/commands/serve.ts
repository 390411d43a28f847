// velatura serve: the studio for a browser on this machine, in a process of its own, until Ctrl-C.
import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { StudioError } from '../../../contract/fault.ts';
import { builtScript } from '../../../services/node-platform.ts';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { wholeFlag } from '../flags.ts';

interface ServeFlags {
  readonly port?: number;
  readonly open: boolean;
}

export function addServe(program: Command, cli: Cli): void {
  const words = cli.texts.serve;
  newCommand(program, cli, 'serve')
    .option('--port <number>', words.port, wholeFlag('--port', 0, 65_535, cli.texts))
    .option('--no-open', words.noOpen)
    .action(answering(cli, (flags: ServeFlags) => serve(cli, flags)));
}

/** Throws internal where the host cannot be started. */
async function serve({ signal }: Cli, { port = 0, open }: ServeFlags): Promise<Answer> {
  const host = spawn(process.execPath, [builtScript('browser'), '--port', String(port), ...(open ? [] : ['--no-open'])], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the host by itself; asked twice it still closes once.
  signal.addEventListener('abort', () => host.kill('SIGINT'));
  const code = await new Promise<number | null>((resolve, reject) => {
    host.once('error', (fault) => reject(new StudioError('internal', { reason: fault.message })));
    host.once('exit', resolve);
  });
  return { value: { code }, lines: [], ok: code === 0 };
}
