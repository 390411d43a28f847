// Words of the settings, About, licences, in English.
export const settings = {};
