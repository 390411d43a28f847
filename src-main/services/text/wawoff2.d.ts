// What is used of the package that unpacks web fonts.
declare module 'wawoff2/decompress.js' {
  export default function decompress(bytes: Uint8Array): Promise<Uint8Array>;
}
