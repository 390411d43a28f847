// The channels between the preload script and the main process.
export const bridgeChannel = 'studio';
export const eventChannel = 'studio:event';
/** The page has taken an event. */
export const takenChannel = 'studio:taken';
export const openChannel = 'studio:choose-open';
export const saveChannel = 'studio:choose-save';
export const folderChannel = 'studio:choose-folder';
export const restartChannel = 'studio:restart';
export const noticeChannel = 'studio:notice';
