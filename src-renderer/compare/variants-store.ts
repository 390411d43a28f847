// Variants of a glaze: what is to be tried, the grid of results, taking and refusing them.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

export const useVariants = defineStore('variants', () => {
  const styles = shallowRef<readonly string[]>([]);

  function addStyle(style: string): void {
    if (!styles.value.includes(style)) styles.value = [...styles.value, style];
  }

  return { styles, addStyle };
});
