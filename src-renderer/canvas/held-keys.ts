// Keys that are held while the pen works: space moves the view, R turns it, Alt lends the eyedropper.
import { useEventListener } from '@vueuse/core';
import { ref, type Ref } from 'vue';

export interface HeldKeys {
  readonly space: Ref<boolean>;
  readonly turn: Ref<boolean>;
  readonly alt: Ref<boolean>;
  readonly ctrl: Ref<boolean>;
}

/** Whether keys belong to a field, a menu or a dialog rather than to the canvas. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;
}

/** `isTaken`: somebody else hears them: a command that the artist has given them to, words that are written, whatever hides the canvas. */
export function useHeldKeys(isTaken: (event: KeyboardEvent) => boolean): HeldKeys {
  const keys = { space: ref(false), turn: ref(false), alt: ref(false), ctrl: ref(false) };
  const follow = (event: KeyboardEvent, isDown: boolean): void => {
    keys.alt.value = event.altKey;
    keys.ctrl.value = event.ctrlKey || event.metaKey;
    if (isDown && (isTyping(event.target) || isTaken(event))) return;
    if (event.code === 'Space') {
      keys.space.value = isDown;
      if (isDown && !(event.target instanceof HTMLButtonElement)) event.preventDefault();
    }
    if (event.code === 'KeyR' && !keys.ctrl.value && !event.shiftKey) keys.turn.value = isDown;
  };
  useEventListener(window, 'keydown', (event) => follow(event, true));
  useEventListener(window, 'keyup', (event) => follow(event, false));
  useEventListener(window, 'blur', () => Object.values(keys).forEach((key) => (key.value = false)));
  return keys;
}
