// The page's one line to the variants it has asked for.
import { defineStore } from 'pinia';
import { useHost } from './host-store.ts';
import { createVariantRuns } from './variant-runs.ts';

export const useVariantRuns = defineStore('variantRuns', () => {
  const { studio, transport } = useHost();
  return createVariantRuns(studio, transport);
});
