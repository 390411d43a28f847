// What is dropped on the page from the system: files, and folders, which a browser gives as files that nothing can be read from.

const folders = new WeakSet<File>();

/** Whether a dropped file is a folder. */
export const isFolder = (file: File): boolean => folders.has(file);

/** In the order they were dropped; folders are known as such from now on. To be asked while the event is being handled. */
export function droppedFiles({ dataTransfer }: DragEvent): File[] {
  return [...(dataTransfer?.items ?? [])].flatMap((item) => {
    const file = item.getAsFile();
    if (file && item.webkitGetAsEntry()?.isDirectory) folders.add(file);
    return file ?? [];
  });
}
