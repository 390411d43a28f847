// Every word of the page in English; the other languages have the same keys.

export const en = {
  language: 'English',
  tagline: 'A thin, translucent layer of paint that changes everything beneath it.',
  about:
    'Velatura learns a painting style from your own pictures and glazes it over your photographs. Everything happens on this computer: nothing is uploaded, nothing is counted.',
  today: {
    title: 'What works today',
    lead: 'Teaching and painting, on the command line. Run these in the folder of the program.',
    teach: {
      title: 'Teach a style',
      text: 'One painting is enough. Minutes later the style is in your library, and it gets better the longer it learns.',
    },
    stylize: {
      title: 'Paint a picture',
      text: 'Any photograph, any size. Colours, strength and the size of the strokes are yours to set; add --help to see how.',
    },
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Select it and copy by hand',
  },
  later: {
    title: 'What is not there yet',
    text: 'The studio itself: the canvas with its layers, the comparison, the print desk. Until then this window only tells you how the program is doing.',
  },
  host: {
    title: 'This program',
    version: 'Version',
    runtime: 'Runs on',
    connection: 'Connection',
    engine: 'Engine',
    unknown: 'not known',
    connections: {
      connecting: 'connecting …',
      connected: 'connected',
      lost: 'lost; trying again',
      refused: 'refused: copy the whole address from the terminal once more',
    },
    engines: {
      answering: 'answers',
      silent: 'does not answer',
    },
  },
};

export type Words = typeof en;
