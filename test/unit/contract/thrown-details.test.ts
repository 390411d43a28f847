// Every fault and warning in the sources is given the details that its sentence is filled from.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { faultCodes, type FaultCode } from '../../../src-main/contract/fault.ts';
import { messagesIn, placeholdersOf } from '../../../src-main/contract/messages/message.ts';
import { warningDetails } from '../../../src-main/contract/messages/warning.ts';

const root = join(import.meta.dirname, '../../../src-main');
const { faults } = messagesIn('en');

/** A call with a literal code and, where it is literal too, the names of its details. */
interface Site {
  readonly place: string;
  readonly code: string;
  /** Undefined where the details are spread or computed. */
  readonly details: readonly string[] | undefined;
}

function sitesIn(file: string): { faults: Site[]; warnings: Site[] } {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = { faults: [] as Site[], warnings: [] as Site[] };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'StudioError') keep(node.arguments, found.faults, node);
    if (ts.isCallExpression(node) && /(^|\.)warn$/.test(node.expression.getText())) keep(node.arguments, found.warnings, node);
    ts.forEachChild(node, visit);
  };
  const keep = ([code, details]: readonly ts.Expression[] = [], into: Site[], node: ts.Node): void => {
    if (!code || !ts.isStringLiteral(code)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    into.push({ place: `${relative(root, file)}:${line}`, code: code.text, details: details ? namesOf(details) : [] });
  };
  visit(source);
  return found;
}

function namesOf(details: ts.Expression): string[] | undefined {
  if (!ts.isObjectLiteralExpression(details) || details.properties.some(ts.isSpreadAssignment)) return undefined;
  return details.properties.map((property) => property.name?.getText() ?? '');
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const sites = files.map((name) => sitesIn(join(root, name)));

describe('the sources', () => {
  it('give every fault the details of its sentence', () => {
    const all = sites.flatMap((each) => each.faults);
    expect(all.length).toBeGreaterThan(50);
    const lacking = all.flatMap(({ place, code, details }) => {
      if (!faultCodes.includes(code as FaultCode)) return [`${place}: ${code} is no fault`];
      const { sentence, remedy } = faults[code as FaultCode];
      const missing = details && placeholdersOf(sentence + remedy).filter((name) => !details.includes(name));
      return missing?.length ? [`${place}: ${code} lacks ${missing.join(', ')}`] : [];
    });
    expect(lacking).toEqual([]);
  });

  it('give every warning that has a sentence the details of it', () => {
    const known: Readonly<Record<string, readonly string[]>> = warningDetails;
    const lacking = sites.flatMap((each) => each.warnings).flatMap(({ place, code, details }) => {
      if (!code.includes('.')) return [];
      const wanted = known[code];
      if (!wanted) return [`${place}: ${code} has no sentence`];
      const missing = details && wanted.filter((name) => !details.includes(name));
      return missing?.length ? [`${place}: ${code} lacks ${missing.join(', ')}`] : [];
    });
    expect(lacking).toEqual([]);
  });
});
