// One description of a parameter: it draws a field, parses a flag, validates a request and fills a preset.

interface ParamCommon {
  /** Message key of label and help text. */
  readonly label: string;
}

export interface NumberParam extends ParamCommon {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
  /** 'px', '%', 'mm', '' … */
  readonly unit?: string;
}

export interface ChoiceParam extends ParamCommon {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default: string;
}

export interface FlagParam extends ParamCommon {
  readonly kind: 'flag';
  readonly default: boolean;
}

export type ParamSpec = NumberParam | ChoiceParam | FlagParam;
export type ParamTable = Readonly<Record<string, ParamSpec>>;
