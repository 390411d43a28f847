// Words of the export dialog, in English.
export const exportDialog = {};
