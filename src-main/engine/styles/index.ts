// The list of style engines: one line each.
import { external } from './external/engine.ts';
import type { StyleEngine } from './style-engine.ts';

export const styleEngines: readonly StyleEngine[] = [external];
