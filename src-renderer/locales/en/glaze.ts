// Words of the glaze panel, in English.
export const glaze = {};
