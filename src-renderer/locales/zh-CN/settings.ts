// Words of the settings, About, licences, in Simplified Chinese.
import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {};
