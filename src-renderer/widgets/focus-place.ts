// Where the keyboard works outside of menus and dialogs: there it goes on when they have closed, and where it goes on when what had it is gone.
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

/** Where nothing has the keyboard, since what had it is gone or gives it up: it goes on in the first of these that is seen. */
export function goOnIn(candidates: Iterable<HTMLElement | null | undefined>): void {
  if (document.activeElement !== document.body) return;
  [...candidates].find((each) => each?.isConnected && each.checkVisibility())?.focus({ preventScroll: true });
}

/** Where the picture is in front, the keys are the picture's. */
export const goOnInCanvas = (): void => goOnIn(document.querySelectorAll<HTMLElement>(canvas));

/** For a dialog: what opened it may be gone with its menu, and the keyboard would begin at the window's first button. */
export function useFocusBack(): void {
  const before = place;
  // The dialog's own attempt comes first.
  onUnmounted(() =>
    setTimeout(() => {
      if (!document.querySelector('[role=dialog]')) goOnIn([before, ...document.querySelectorAll<HTMLElement>(canvas)]);
    }),
  );
}
