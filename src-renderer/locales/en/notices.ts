// Words of notices, faults of a change, questions, in English.
export const notices = {};
