// Words of the gallery of styles, in Simplified Chinese.
import type { styles as english } from '../en/styles.ts';

export const styles: typeof english = {};
