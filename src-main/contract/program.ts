// The name and version that recipes, presets and the command line state; equal to package.json (tested).

export const program = { name: 'Velatura', version: '0.1.0' } as const;

/** As it is written into files: "Velatura 0.1.0". */
export const programLabel = `${program.name} ${program.version}`;
