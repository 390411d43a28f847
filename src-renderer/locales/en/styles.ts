// Words of the gallery of styles, in English.
export const styles = {};
