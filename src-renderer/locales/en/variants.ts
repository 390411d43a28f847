// Words of the grid of variants, in English.
export const variants = {};
