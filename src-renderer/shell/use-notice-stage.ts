// Where notices may lie: over the picture of a workspace, never over its panels.
import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { useNotices } from './notices-store.ts';

/** Offers an element of the calling component; notices take the one that is in sight. */
export function useNoticeStage(element: Readonly<Ref<HTMLElement | null | undefined>>): void {
  const notices = useNotices();
  let leave: (() => void) | undefined;
  onMounted(() => {
    if (element.value) leave = notices.addStage(element.value);
  });
  onBeforeUnmount(() => leave?.());
}
