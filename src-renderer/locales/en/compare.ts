// Words of the comparison, in English.
export const compare = {};
