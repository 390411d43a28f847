// What is dropped onto the canvas: picture files become layers, a style becomes a glaze.
import { droppedFiles } from '../client/dropped-files.ts';
import { useDocument } from '../document/document-store.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { styleDragType } from '../panels/gallery/styles-store.ts';
import { placeFiles } from './place-picture.ts';

export function useDrops() {
  const studio = useDocument();
  const glazes = useGlazes();
  const isFor = (event: DragEvent): boolean => {
    const types = event.dataTransfer?.types ?? [];
    return studio.record !== undefined && !studio.readOnly && (types.includes('Files') || types.includes(styleDragType));
  };
  return {
    hover: (event: DragEvent): void => {
      if (!isFor(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    },
    drop: (event: DragEvent): void => {
      if (!isFor(event)) return;
      event.preventDefault();
      const style = event.dataTransfer?.getData(styleDragType);
      if (style) glazes.apply(style);
      else void placeFiles(droppedFiles(event));
    },
  };
}
