// Finds the function bodies of a source text and counts their lines.
import { lineAt, without } from './scan.mjs';

const control = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);
const notAType = new Set(['try', 'do', 'else', 'finally', 'new', 'return', 'case', 'default', 'class', 'extends']);
const closers = { ')': '(', '}': '{', ']': '[' };

/** Offset of the opener for every closing bracket. */
function pairsOf(code) {
  const openers = new Map();
  const stack = [];
  for (let at = 0; at < code.length; at++) {
    if ('({['.includes(code[at])) stack.push(at);
    else if (closers[code[at]]) openers.set(at, stack.pop() ?? 0);
  }
  return openers;
}

function skipSpace(code, at) {
  while (at >= 0 && /\s/.test(code[at])) at--;
  return at;
}

/** The word that ends at `at`, after stepping over generic arguments. */
function wordBefore(code, at) {
  at = skipSpace(code, at);
  if (code[at] === '>') {
    for (let depth = 0; at >= 0; at--) {
      if (code[at] === '>') depth++;
      if (code[at] === '<' && --depth === 0) break;
    }
    at = skipSpace(code, at - 1);
  }
  return /[\w$#]*$/.exec(code.slice(Math.max(0, at - 60), at + 1))[0];
}

/** Offset of the `)` of a parameter list when what ends at `at` is `): Type`, else -1. */
function parametersBeforeType(code, at, openers) {
  let angle = 0;
  let seen = false;
  while (at >= 0) {
    const char = code[at];
    if (char === ':') return seen && code[skipSpace(code, at - 1)] === ')' ? skipSpace(code, at - 1) : -1;
    if (closers[char]) at = openers.get(at) - 1;
    else if (char === '>' && code[at - 1] === '=') at -= 2;
    else if (/[\w$]/.test(char)) {
      const word = /[\w$]+$/.exec(code.slice(Math.max(0, at - 60), at + 1))[0];
      if (notAType.has(word)) return -1;
      at -= word.length;
    } else if (/[\s|&.<>]/.test(char) || (char === ',' && angle > 0)) {
      if (char === '>') angle++;
      if (char === '<') angle--;
      at--;
    } else return -1;
    if (!/\s/.test(char)) seen = true;
  }
  return -1;
}

/** Name of the function whose body opens at `open`, or undefined where the brace opens something else. */
function functionAt(code, open, openers) {
  const before = skipSpace(code, open - 1);
  if (code[before] === '>' && code[before - 1] === '=') {
    const declared = /([\w$]+)\s*(?::[^=;]*)?=\s*(?:async\s*)?[^=;]*=>\s*$/.exec(code.slice(Math.max(0, open - 200), open));
    return declared?.[1] ?? 'an arrow function';
  }
  const close = code[before] === ')' ? before : parametersBeforeType(code, before, openers);
  if (close < 0) return undefined;
  const start = openers.get(close);
  const name = wordBefore(code, start - 1);
  if (control.has(name)) return undefined;
  if (/\bclass\b[^{};]*$/.test(code.slice(Math.max(0, start - 200), start))) return undefined;
  return name || 'an anonymous function';
}

/**
 * Every function with a body: { name, line, lines }. Lines are its own: the bodies of functions inside it count for
 * themselves, so that a store or a factory is as long as what it does, not as what it holds.
 */
export function functionsOf(source, spans) {
  const code = without(source, spans, ['comment', 'quote', 'template', 'regex']);
  const openers = pairsOf(code);
  const found = [];
  for (const [close, open] of openers) {
    if (code[close] !== '}') continue;
    const name = functionAt(code, open, openers);
    if (name === undefined) continue;
    const line = lineAt(source, open);
    found.push({ name, line, last: lineAt(source, close) });
  }
  return found.map((each) => ({ name: each.name, line: each.line, lines: ownLines(each, found) }));
}

/** Lines from the first to the last, less those that lie wholly inside another function's braces. */
function ownLines({ line, last }, all) {
  let lines = last - line + 1;
  const inside = all.filter((other) => other.line >= line && other.last <= last && !(other.line === line && other.last === last));
  const nearest = inside.filter((one) => !inside.some((other) => other !== one && other.line <= one.line && other.last >= one.last && other.last - other.line > one.last - one.line));
  for (const { line: from, last: to } of nearest) lines -= Math.max(0, to - from - 1);
  return lines;
}
