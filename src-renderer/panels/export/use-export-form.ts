// What the export dialog has been filled with, and the request that follows from it.
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue';
import type { DocumentRecord } from '../../../src-main/contract/document.ts';
import type { Extent } from '../../../src-main/contract/image.ts';
import type { ExportRequest } from '../../../src-main/contract/studio-api.ts';
import { exportFormats, type ExportFormat } from './export-formats.ts';
import { canBeWritten, inPx, inUnit, proportional, type SizeUnit } from './export-size.ts';

export interface ExportForm {
  /** Of the file, without its ending. */
  name: string;
  format: ExportFormat;
  unit: SizeUnit;
  /** Of the result in px; height follows from the proportions. */
  width: number;
  dpi: number;
  depth: 8 | 16;
  quality: number;
  profile: 'srgb' | 'display-p3' | 'adobe-rgb';
  /** #rrggbb. */
  matte: string;
  recipe: boolean;
}

export interface ExportFormState {
  readonly form: ExportForm;
  readonly size: ComputedRef<Extent>;
  /** The last length or resolution cannot be; all stayed as it was. */
  readonly isRefused: Ref<boolean>;
  setLength(side: 'width' | 'height', length: number): void;
  /** Lengths on paper stay; px stay where px is the unit. */
  setDpi(dpi: number): void;
  shown(side: 'width' | 'height'): number;
  ownSize(): void;
  /** What is typed, or the document's where nothing is, with the format's ending. */
  fileName(): string;
  request(document: DocumentRecord, out: string | undefined): ExportRequest;
}

/** Of the last dialog: the next starts with it. */
let remembered: Omit<ExportForm, 'name' | 'width' | 'dpi'> = { format: 'png', unit: 'cm', depth: 8, quality: 92, profile: 'srgb', matte: '#ffffff', recipe: true };

export function useExportForm(document: Pick<DocumentRecord, 'name' | 'width' | 'height' | 'dpi'>): ExportFormState {
  const form = reactive<ExportForm>({ ...remembered, name: document.name, width: document.width, dpi: document.dpi });
  const size = computed<Extent>(() => (exportFormats[form.format].keepsLayers ? document : proportional(document, 'width', form.width)));

  const isRefused = ref(false);

  function take(width: number, dpi: number): void {
    isRefused.value = !canBeWritten(proportional(document, 'width', width), dpi);
    if (!isRefused.value) Object.assign(form, { width, dpi });
  }

  const fileName = (): string => `${form.name.trim() || document.name}.${exportFormats[form.format].ending}`;

  return {
    form,
    size,
    isRefused,
    setLength(side, length) {
      take(length > 0 ? proportional(document, side, inPx(length, form.unit, form.dpi)).width : NaN, form.dpi);
    },
    setDpi(dpi) {
      take(form.unit === 'px' ? form.width : inPx(inUnit(form.width, 'in', form.dpi), 'in', dpi), dpi);
    },
    shown(side) {
      const length = inUnit(size.value[side], form.unit, form.dpi);
      return form.unit === 'px' ? length : Math.round(length * 100) / 100;
    },
    ownSize() {
      take(document.width, document.dpi);
    },
    fileName,
    request(record, out) {
      const facts = exportFormats[form.format];
      const { name: _name, width: _width, dpi: _dpi, ...kept } = form;
      remembered = kept;
      return {
        document: record.id,
        format: form.format,
        dpi: form.dpi,
        ...(facts.keepsLayers ? {} : size.value),
        ...(facts.depths.includes(form.depth) ? { depth: form.depth } : { depth: 8 }),
        ...(facts.hasQuality ? { quality: form.quality } : {}),
        ...(facts.hasProfile ? { profile: form.profile } : {}),
        ...(facts.hasAlpha ? {} : { matte: colourOf(form.matte) }),
        ...(facts.recipe === 'wished' ? { recipe: form.recipe } : {}),
        name: fileName(),
        ...(out === undefined ? {} : { out }),
      };
    },
  };
}

/** #rrggbb as 0..1. */
function colourOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
