// Where the keyboard works outside of menus and dialogs: there it goes on when they have closed.
import { onUnmounted } from 'vue';

const passing = '[role=menu], [role=menubar], [role=dialog]';
const canvas = '[role=application]';

let place: HTMLElement | undefined;

/** Remembers the place from now on; once for the whole page. */
export function followFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(passing)) place = target;
  });
  // A click on nothing leaves the place; a window that goes to the back does not.
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (!relatedTarget && document.hasFocus()) place = undefined;
  });
}

/** For a dialog: what opened it may be gone with its menu, and the keyboard would begin at the window's first button. */
export function useFocusBack(): void {
  const before = place;
  // The dialog's own attempt comes first.
  onUnmounted(() =>
    setTimeout(() => {
      if (document.activeElement !== document.body || document.querySelector('[role=dialog]')) return;
      const candidates = [before, ...document.querySelectorAll<HTMLElement>(canvas)];
      candidates.find((each) => each?.isConnected && each.checkVisibility())?.focus({ preventScroll: true });
    }),
  );
}
