// Words of long work, in English.
export const jobs = {
  title: 'Jobs',
  none: 'Nothing is being worked on.',
  named: '{kind}: {name}',
  kinds: { export: 'Export', variants: 'Variants', teach: 'Teach', glaze: 'Glaze', save: 'Save', import: 'Import' },
  states: { waiting: 'waiting', running: 'at work', done: 'done', cancelled: 'cancelled', failed: 'failed' },
  stages: {
    decode: 'reading',
    measure: 'measuring',
    paint: 'painting',
    composite: 'putting layers together',
    scale: 'scaling',
    encode: 'writing',
    train: 'learning',
  },
  left: '{time} left',
  cancel: 'Cancel the job',
  retry: 'Run the job again',
  download: 'Download the file',
  clear: 'Clear what has ended',
};
