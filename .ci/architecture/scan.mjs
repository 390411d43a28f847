// Reads one source text without a parser: blanks comments and strings, lists imports and function bodies.

const regexMayFollow = /(^|[=([{,;:!&|?+\-*%^~<>}]|\b(return|typeof|case|in|of|do|else|void|yield|await))$/;

/** Blanks a span but keeps its line breaks, so that offsets and line numbers stay true. */
function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

/** Only the script blocks of a .vue file, at their own places. */
export function scriptOf(path, text) {
  if (!path.endsWith('.vue')) return text;
  let script = blank(text);
  for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1;
    script = script.slice(0, start) + match[1] + script.slice(start + match[1].length);
  }
  return script;
}

/** End offset of the quoted text that opens at `start`. */
function quoteEnd(text, start) {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start] || text[at] === '\n') return at + 1;
  }
  return text.length;
}

/** End offset of the regular expression that opens at `start`. */
function regexEnd(text, start) {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1;
  }
  return start + 1;
}

/** The spans of a text that are no code: { start, end, kind: 'comment' | 'quote' | 'template' | 'regex' }. */
export function spansOf(text) {
  const spans = [];
  const templates = []; // Brace depth at which each open `${` closes.
  let depth = 0;
  const template = (start) => {
    let at = start + 1;
    while (at < text.length && text[at] !== '`') {
      if (text[at] === '\\') at++;
      else if (text[at] === '$' && text[at + 1] === '{') {
        templates.push(depth++);
        at += 2;
        spans.push({ start, end: at, kind: 'template' });
        return at;
      }
      at++;
    }
    spans.push({ start, end: at + 1, kind: 'template' });
    return at + 1;
  };
  for (let at = 0; at < text.length; ) {
    const [char, next] = [text[at], text[at + 1]];
    const take = (end, kind) => {
      spans.push({ start: at, end, kind });
      at = end;
    };
    if (char === '/' && next === '/') take(indexOr(text, '\n', at), 'comment');
    else if (char === '/' && next === '*') take(indexOr(text, '*/', at + 2, 2), 'comment');
    else if (char === "'" || char === '"') take(quoteEnd(text, at), 'quote');
    else if (char === '`') at = template(at);
    else if (char === '/' && regexMayFollow.test(text.slice(Math.max(0, at - 80), at).trimEnd())) {
      take(regexEnd(text, at), 'regex');
    } else if (char === '}' && templates.at(-1) === depth - 1) {
      templates.pop();
      depth--;
      at = template(at);
    } else {
      if (char === '{') depth++;
      if (char === '}') depth--;
      at++;
    }
  }
  return spans;
}

function indexOr(text, wanted, from, extra = 0) {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found + extra;
}

/** The text with the spans of these kinds blanked. */
export function without(text, spans, kinds) {
  let result = '';
  let at = 0;
  for (const span of spans) {
    if (!kinds.includes(span.kind)) continue;
    result += text.slice(at, span.start) + blank(text.slice(span.start, span.end));
    at = span.end;
  }
  return result + text.slice(at);
}

export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

const workerAddress = /\bnew\s+URL\s*\(\s*(['"])(\.[^'"\n]+)\1\s*,\s*import\.meta\.url/g;
const importForms = [
  /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*(['"])([^'"\n]+)\1/g,
  /\bimport\s*(['"])([^'"\n]+)\1/g,
  /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1/g,
  workerAddress,
];

/** Every module a source names, type imports and workers included: { specifier, line, isAddress }. */
export function importsOf(source, spans) {
  const text = without(source, spans, ['comment', 'template', 'regex']);
  const code = without(source, spans, ['comment', 'template', 'regex', 'quote']);
  const found = [];
  for (const form of importForms) {
    for (const match of text.matchAll(form)) {
      if (code[match.index] === ' ') continue; // Stands inside a string.
      const specifier = match[2].replace(/\?.*$/, '');
      found.push({ specifier, line: lineAt(source, match.index), isAddress: form === workerAddress });
    }
  }
  return found;
}
