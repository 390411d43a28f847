// The entry of the command line: this process's words and streams to one run, its exit code to the system.
import { interruptSignal } from './interrupt.ts';
import { runCommandLine } from './run.ts';

/** A reader that closes early, such as `head`, is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const { env: environment, stdout: output, stderr: messages } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { environment, output, messages, interruptSignal });
