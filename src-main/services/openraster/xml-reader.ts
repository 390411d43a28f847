// The little of XML that a stack.xml needs: elements and attributes. Document types are refused, so no entity can grow.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const deepest = 200;
const mostElements = 20_000;

const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|[^<]+/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root element; undefined for what is no well-formed XML or more of it than a picture needs. */
export function readXml(text: string): XmlElement | undefined {
  const top: XmlElement[] = [];
  const open: { element: XmlElement; children: XmlElement[] }[] = [];
  let count = 0;
  token.lastIndex = 0;
  const source = text.replace(/^\uFEFF/, '');
  while (token.lastIndex < source.length) {
    const found = token.exec(source);
    if (!found) return undefined;
    const [whole, closing, opening, attributes = '', selfClosing] = found;
    if (closing !== undefined) {
      if (open.pop()?.element.name !== closing) return undefined;
    } else if (opening !== undefined) {
      const children: XmlElement[] = [];
      const element: XmlElement = { name: opening, attributes: attributesOf(attributes), children };
      (open.at(-1)?.children ?? top).push(element);
      if (++count > mostElements || open.length >= deepest) return undefined;
      if (selfClosing === '') open.push({ element, children });
    } else if (whole === '<') return undefined; // a document type, or something broken
  }
  return open.length === 0 && top.length === 1 ? top[0] : undefined;
}

function attributesOf(text: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const [, name = '', double, single] of text.matchAll(attribute)) found.push([name, unescaped(double ?? single ?? '')]);
  return Object.fromEntries(found);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });
}

/** Text as the value of an attribute in double quotes. */
export function escapeXml(text: string): string {
  // XML 1.0 has no control characters
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
  return clean.replace(/[&<>"\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
