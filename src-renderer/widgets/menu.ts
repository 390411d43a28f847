// What a menu shows, and the parts of reka-ui that each sort of menu is made of.
import type { Component } from 'vue';
import {
  ContextMenuItem, ContextMenuPortal, ContextMenuSeparator, ContextMenuSub, ContextMenuSubContent, ContextMenuSubTrigger,
  DropdownMenuItem, DropdownMenuPortal, DropdownMenuSeparator, DropdownMenuSub, DropdownMenuSubContent, DropdownMenuSubTrigger,
  MenubarItem, MenubarPortal, MenubarSeparator, MenubarSub, MenubarSubContent, MenubarSubTrigger,
} from 'reka-ui';

export type MenuEntry =
  | { readonly kind: 'line' }
  | { readonly kind: 'item'; readonly id: string; readonly label: string; readonly keys?: string; readonly checked?: boolean; readonly disabled?: boolean; readonly run: () => void }
  | { readonly kind: 'sub'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** Whether it leads to anything that can be done now. */
export function isOffered(entry: MenuEntry): boolean {
  if (entry.kind === 'line') return false;
  return entry.kind === 'item' ? entry.disabled !== true : entry.entries.some(isOffered);
}

export type MenuSort = 'bar' | 'context' | 'dropdown';

interface MenuParts {
  readonly item: Component;
  readonly line: Component;
  readonly sub: Component;
  readonly subTrigger: Component;
  readonly subContent: Component;
  readonly portal: Component;
}

export const menuParts: Readonly<Record<MenuSort, MenuParts>> = {
  bar: { item: MenubarItem, line: MenubarSeparator, sub: MenubarSub, subTrigger: MenubarSubTrigger, subContent: MenubarSubContent, portal: MenubarPortal },
  context: { item: ContextMenuItem, line: ContextMenuSeparator, sub: ContextMenuSub, subTrigger: ContextMenuSubTrigger, subContent: ContextMenuSubContent, portal: ContextMenuPortal },
  dropdown: { item: DropdownMenuItem, line: DropdownMenuSeparator, sub: DropdownMenuSub, subTrigger: DropdownMenuSubTrigger, subContent: DropdownMenuSubContent, portal: DropdownMenuPortal },
};
