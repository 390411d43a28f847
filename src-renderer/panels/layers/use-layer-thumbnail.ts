// A small picture of a layer or of its mask on a canvas element, drawn anew when its source has changed and the hand rests.
import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue';
import type { LayerId } from '../../../src-main/contract/document.ts';
import { useCanvas } from '../../canvas/canvas-store.ts';
import { useNotices } from '../../shell/notices-store.ts';

const restMs = 350;

export interface ThumbnailOrder {
  /** Where it is drawn, once there is a picture. */
  readonly place: Readonly<Ref<HTMLCanvasElement | null>>;
  readonly layer: () => LayerId;
  readonly part: 'pixels' | 'mask';
  /** Of the long side. */
  readonly sidePx: number;
  /** What the picture is made of. */
  readonly sources: readonly WatchSource[];
}

/** The picture; undefined before it was first drawn. */
export function useLayerThumbnail({ place, layer, part, sidePx, sources }: ThumbnailOrder): ShallowRef<ImageBitmap | undefined> {
  const canvas = useCanvas();
  const notices = useNotices();
  const picture = shallowRef<ImageBitmap>();
  let wait: ReturnType<typeof setTimeout> | undefined;
  let lastAsked = 0;

  async function read(): Promise<void> {
    const asked = ++lastAsked;
    try {
      const next = await canvas.layerThumbnail(layer(), sidePx, part);
      if (asked !== lastAsked) return next?.close();
      picture.value?.close();
      picture.value = next;
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  function draw(): void {
    const [target, from] = [place.value, picture.value];
    if (!target || !from) return;
    target.width = from.width;
    target.height = from.height;
    target.getContext('2d')?.drawImage(from, 0, 0);
  }

  watch(
    [...sources, () => canvas.stage],
    () => {
      clearTimeout(wait);
      wait = setTimeout(() => void read(), restMs);
    },
    { immediate: true },
  );
  watch([picture, place], draw, { flush: 'post' });
  onBeforeUnmount(() => {
    clearTimeout(wait);
    lastAsked++;
    picture.value?.close();
  });
  return picture;
}
