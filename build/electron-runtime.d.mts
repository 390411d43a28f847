/** Types of electron-runtime.mjs. */
export function electronProgram(): string | undefined;
export function fetchElectron(options?: {
  readonly installer?: string;
  readonly patienceMs?: number;
  readonly tell?: (bytes: number | undefined) => void;
}): Promise<string | undefined>;
