// Words of the steps of history, by their label keys, and the history panel, in Simplified Chinese.
import type { history as english } from '../en/history.ts';

export const history: typeof english = {};
