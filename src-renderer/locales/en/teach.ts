// Words of teaching, in English.
export const teach = {};
