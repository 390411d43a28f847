// What the window shows: the workspace and the dialog that is open.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

export const workspaces = ['paint', 'compare', 'teach'] as const;
export type Workspace = (typeof workspaces)[number];
export type DialogName = 'new' | 'export' | 'settings' | 'about' | 'palette' | 'shortcuts' | 'rename' | 'thin' | 'snapshot';

export const useShell = defineStore('shell', () => {
  const workspace = ref<Workspace>('paint');
  /** One dialog at a time. */
  const dialog = ref<DialogName>();
  /** What the dialog begins with, where whoever opened it has a wish. */
  const wish = ref<string>();
  /** The start screen in front of an open document. */
  const atHome = ref(false);
  /** All panels away: nothing but the picture. */
  const bare = ref(false);
  const showsJobs = ref(false);
  /** The canvas is in front, or would be were a document open. */
  const showsCanvas = computed(() => workspace.value === 'paint' && !atHome.value);
  /** An open document is to be seen: on the canvas, or its states compared. */
  const showsDocument = computed(() => showsCanvas.value || workspace.value === 'compare');

  function toHome(): void {
    workspace.value = 'paint';
    atHome.value = !atHome.value;
  }

  function toCanvas(): void {
    workspace.value = 'paint';
    atHome.value = false;
  }

  return {
    toHome, toCanvas,
    workspace, dialog, wish, atHome, bare, showsJobs, showsCanvas, showsDocument,
    open: (name: DialogName, wished?: string) => void ([dialog.value, wish.value] = [name, wished]),
    close: () => void ([dialog.value, wish.value] = [undefined, undefined]),
  };
});
