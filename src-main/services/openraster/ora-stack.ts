// The tree of layers as stack.xml of OpenRaster 0.0.6: top to bottom, offsets and opacities, groups isolated.
import type { DocumentRecord } from '../../contract/document.ts';
import { blendToOra } from './ora-blend.ts';
import { escapeXml } from './xml-reader.ts';
import type { BlendMode } from '../../contract/document.ts';

interface StackEntry {
  readonly name: string;
  readonly opacity: number;
  readonly visible: boolean;
  readonly locked: boolean;
  readonly blend: BlendMode;
}

export interface StackLayer extends StackEntry {
  readonly src: string;
  readonly x: number;
  readonly y: number;
}

export interface StackGroup extends StackEntry {
  /** Top to bottom. */
  readonly children: readonly StackNode[];
}

export type StackNode = StackLayer | StackGroup;

/** stack.xml of a document; `children` of its root, top to bottom. */
export function stackXml({ width, height, dpi }: DocumentRecord, children: readonly StackNode[]): string {
  const resolution = Math.round(dpi);
  const lines = children.flatMap((child) => linesOf(child, '    '));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<image version="0.0.6" w="${width}" h="${height}" xres="${resolution}" yres="${resolution}">`,
    '  <stack>',
    ...lines,
    '  </stack>',
    '</image>',
    '',
  ].join('\n');
}

function linesOf(node: StackNode, indent: string): string[] {
  const { name, opacity, visible, locked, blend } = node;
  const shared = `name="${escapeXml(name)}" opacity="${decimal(opacity)}" visibility="${visible ? 'visible' : 'hidden'}" composite-op="${blendToOra(blend)}"${locked ? ' edit-locked="true"' : ''}`;
  if ('src' in node) return [`${indent}<layer src="${node.src}" x="${node.x}" y="${node.y}" ${shared}/>`];
  return [`${indent}<stack isolation="isolate" ${shared}>`, ...node.children.flatMap((child) => linesOf(child, `${indent}  `)), `${indent}</stack>`];
}

function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}
