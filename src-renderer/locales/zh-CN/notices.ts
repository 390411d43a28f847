// Words of notices, faults of a change, questions, in Simplified Chinese.
import type { notices as english } from '../en/notices.ts';

export const notices: typeof english = {};
