// Which keys go on writing the words in the editor when they are pressed elsewhere in the window.
import { isTyping } from './held-keys.ts';

/** Keys that a control which has the focus needs for itself. */
const ofControls: ReadonlySet<string> = new Set([' ', 'Enter', 'Backspace', 'Delete', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Whether a key press writes, or moves or edits within the words: letters and signs always, others where no control has the focus. */
export function isForWords(event: KeyboardEvent): boolean {
  if (isTyping(event.target)) return false;
  const { key, altKey } = event;
  const isSign = [...key].length === 1;
  if (event.getModifierState('AltGraph')) return isSign;
  if (event.ctrlKey || event.metaKey) return !altKey && /^[zyxcva]$/i.test(key);
  if (altKey) return false;
  return ofControls.has(key) ? !isControl(event.target) : isSign;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, [tabindex]:not([role=application])') !== null;
}
