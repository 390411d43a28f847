// The colours around and beneath the picture, from the theme to the worker that paints them.
import { onMounted, watch, type Ref } from 'vue';
import { useSettings } from '../settings/settings-store.ts';
import { useCanvas } from './canvas-store.ts';

export function useCanvasTheme(surface: Ref<HTMLElement | null | undefined>): void {
  const canvas = useCanvas();
  const settings = useSettings();
  const read = (): void => {
    if (!surface.value) return;
    const style = getComputedStyle(surface.value);
    const token = (name: string): string => style.getPropertyValue(name).trim();
    canvas.colours = { checker: [token('--check-a'), token('--check-b')], around: token('--pasteboard') };
  };
  onMounted(read);
  watch(() => settings.theme, read, { flush: 'post' });
}
