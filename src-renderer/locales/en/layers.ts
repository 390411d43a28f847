// Words of layers and what is set on them, in English.
export const layers = {};
