// Words of the canvas and its tools, in English.
export const canvas = {};
