// Wrong flags and arguments: the fault they raise, and commander's own errors as sentences that say what to write.
import { CommanderError } from 'commander';
import { StudioError, type FaultDetails } from '../../contract/fault.ts';
import { fill, type Texts } from './texts/texts.ts';

/** A usage fault carrying its whole sentence. */
export function usageFault(sentence: string, details: FaultDetails = {}): StudioError {
  return new StudioError('usage.invalid', { reason: fill(sentence, details) });
}

/** True where commander only showed help or the version. */
export function isHelpShown(thrown: unknown): boolean {
  return thrown instanceof CommanderError && (thrown.code === 'commander.helpDisplayed' || thrown.code === 'commander.version');
}

/** Commander's errors as usage faults; anything else as it is. */
export function asUsageFault(thrown: unknown, texts: Texts): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const what = /'([^']+)'/.exec(thrown.message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?([^?,]+)/.exec(thrown.message)?.[1];
  return usageFault(sentenceFor(thrown.code, near, texts), { what, near: near ?? '' });
}

function sentenceFor(code: string, near: string | undefined, texts: Texts): string {
  switch (code) {
    case 'commander.unknownCommand':
      return texts.usage.unknownCommand;
    case 'commander.unknownOption':
      return near ? texts.usage.unknownOptionNear : texts.usage.unknownOption;
    case 'commander.missingArgument':
      return texts.usage.missingArgument;
    case 'commander.optionMissingArgument':
      return texts.usage.missingValue;
    case 'commander.missingMandatoryOptionValue':
      return texts.usage.missingOption;
    case 'commander.excessArguments':
      return texts.usage.excess;
    default:
      return texts.usage.noCommand;
  }
}
