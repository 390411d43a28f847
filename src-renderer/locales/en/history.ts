// Words of the steps of history, by their label keys, and the history panel, in English.
export const history = {
  glaze: {
    add: 'Glaze: {style}',
    mix: 'Mix in {style}',
    unmix: 'Take out {style}',
    weights: 'Mix of styles',
    strength: 'Strength',
    keepColours: 'Keep colours',
    strokeSize: 'Stroke size',
    noise: 'Freedom of strokes',
    seed: 'Other strokes',
    measure: 'Measure tones',
    lock: 'Lock measured tones',
    unlock: 'Unlock measured tones',
    clearMask: 'Show a style everywhere',
    variant: 'Take a variant: {style}',
  },
};
