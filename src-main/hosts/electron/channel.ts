// The channels between the preload script and the main process.
export const bridgeChannel = 'studio';
export const eventChannel = 'studio:event';
export const openChannel = 'studio:choose-open';
export const saveChannel = 'studio:choose-save';
