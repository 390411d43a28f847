// Words of notices, faults of a change, questions, in English.
export const notices = {
  label: 'Notices',
  close: 'Close the notice',
  retry: 'Try again',
  reopen: 'Open it again',
  savedAs: 'Saved as {name}.',
  broken: 'The last step did not reach the disk.',
  waitsForGlaze: 'Waiting until the glaze {name} is painted …',
  cancel: 'Cancel (Esc)',
};
