// Files and styles dropped on the window: onto the open picture as layers and glazes, else opened as documents.
import { ref, type Ref } from 'vue';
import { placeFiles } from '../canvas/place-picture.ts';
import { droppedFiles } from '../client/dropped-files.ts';
import { fileKinds, givenFile } from '../client/files.ts';
import { useHost } from '../client/host-store.ts';
import { uploadFile } from '../client/upload.ts';
import { useDocument } from '../document/document-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { styleDragType, useStyles } from '../panels/gallery/styles-store.ts';
import { useNotices } from './notices-store.ts';
import { useShell } from './shell-store.ts';

export interface WindowDrop {
  /** What would happen to what hovers over the window. */
  readonly hovering: Ref<'open' | 'place' | undefined>;
  over(event: DragEvent): void;
  leave(): void;
  drop(event: DragEvent): void;
}

const endingOf = (name: string): string => name.split('.').at(-1)?.toLowerCase() ?? '';
const isOf = (kind: keyof typeof fileKinds, { name }: File): boolean => (fileKinds[kind] as readonly string[]).includes(endingOf(name));

export function useDrop(): WindowDrop {
  const host = useHost();
  const document = useDocument();
  const library = useLibrary();
  const glazes = useGlazes();
  const styles = useStyles();
  const notices = useNotices();
  const shell = useShell();
  const hovering = ref<'open' | 'place'>();

  /** On the picture: not the start screen, no other workspace. */
  const isOnPicture = (): boolean => document.record !== undefined && shell.showsCanvas;

  async function takeStyles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      try {
        await styles.importFile(await uploadFile(host.transport, file));
      } catch (thrown) {
        notices.fault(thrown);
      }
    }
  }

  async function takeFiles(files: readonly File[]): Promise<void> {
    await takeStyles(files.filter((file) => isOf('style', file)));
    const others = files.filter((file) => !isOf('style', file));
    const layers = isOnPicture() && !document.readOnly ? others.filter((file) => isOf('picture', file)) : [];
    if (layers.length > 0) return placeFiles(layers);
    const [first] = others;
    if (first && (await library.openFile(givenFile(first)))) shell.toCanvas();
  }

  return {
    hovering,
    over(event) {
      const types = event.dataTransfer?.types ?? [];
      const isStyle = types.includes(styleDragType);
      if (event.defaultPrevented || !(types.includes('Files') || (isStyle && isOnPicture()))) return;
      event.preventDefault();
      hovering.value = isStyle ? undefined : isOnPicture() ? 'place' : 'open';
    },
    leave: () => void (hovering.value = undefined),
    drop(event) {
      hovering.value = undefined;
      if (event.defaultPrevented) return;
      event.preventDefault();
      const style = event.dataTransfer?.getData(styleDragType);
      if (style && isOnPicture()) glazes.apply(style);
      else void takeFiles(droppedFiles(event));
    },
  };
}
