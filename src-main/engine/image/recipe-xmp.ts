// How a recipe stands in a picture file: JSON text in one element of an XMP packet (ISO 16684-1).

const namespace = 'urn:velatura:recipe:1';
/** JPEG holds an XMP packet in one segment of 64 KiB; more would be left out without a word. */
export const longestXmpBytes = 60_000;
/** Other programs keep whole histories in a packet; longer ones are not searched. */
const longestSearched = 8 * 2 ** 20;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XMP packet that holds a recipe. */
export function xmpOf(recipe: string): string {
  const text = recipe.replace(/[&<>]/g, (sign) => escapes[sign]!);
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:velatura="${namespace}"><velatura:recipe>${text}</velatura:recipe></rdf:Description>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  );
}

/** Whether every format holds a recipe. */
export function fitsXmp(recipe: string): boolean {
  return Buffer.byteLength(xmpOf(recipe)) <= longestXmpBytes;
}

/** The recipe in an XMP packet, where there is one of ours. */
export function recipeIn(xmp: string): string | undefined {
  if (xmp.length > longestSearched || !xmp.includes(namespace)) return undefined;
  const text = /<velatura:recipe>([^<]*)<\/velatura:recipe>/.exec(xmp)?.[1];
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
