// Words of the export dialog, in Simplified Chinese.
import type { exportDialog as english } from '../en/export-dialog.ts';

export const exportDialog: typeof english = {};
