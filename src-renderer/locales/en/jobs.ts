// Words of long work, in English.
export const jobs = {};
