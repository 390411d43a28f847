// The model y = x + 0 (float32, any shape), with which numbers are brought back from a device.

/** Its bytes; they stand here encoded because the runtime folder does not know ONNX. The test decodes them. */
export function addZeroModel(): Uint8Array {
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
}

const encoded =
  'CAg6QwoRCgF4CgR6ZXJvEgF5IgNBZGQSCGFkZCB6ZXJvKg4QAUIEemVyb0oEAAAAAFoJCgF4EgQKAggBYgkKAXkSBAoCCAFCAhAS';
