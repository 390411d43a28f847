// The list of style engines: one line each.
import { external } from './external/engine.ts';
import { glaze } from './glaze/engine.ts';
import type { StyleEngine } from './style-engine.ts';

export const styleEngines: readonly StyleEngine[] = [glaze, external];
