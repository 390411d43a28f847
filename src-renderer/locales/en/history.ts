// Words of the steps of history, by their label keys, and the history panel, in English.
export const history = {};
