// Words of what a picture's file says of how it was made, in English.
export const recipe = {
  carries: '{file} carries its recipe:',
  carriesSeveral: '{file} carries its recipe, {n} glazes from bottom to top:',
  share: '{style} {percent} %',
  setting: '{name} {value}',
  use: 'Use these settings',
  useInstead: 'Use them and take this picture out',
  importStyles: 'Import styles …',
  missing: 'Not in your gallery: {names}. Export the style where the picture was made and import its file here; until then nothing is added.',
  changed: 'Your gallery has another version of {names}, which would be used: the paint may differ.',
  paired: '{names} took its style from a picture, with a second network. A glaze cannot do that; the command line can.',
  crowded: 'A glaze mixes at most {most} styles; this recipe has more.',
  masks: 'Some masks are not in this recipe: what was brushed in places will be everywhere.',
  masksStretched: 'Its masks are stretched over the open picture.',
  strokes: 'A glaze’s strokes go up to {most} %; that is what will be used.',
  noDocument: 'Open the picture that is to have these settings first.',
  waiting: 'The gallery is not there yet.',
};
