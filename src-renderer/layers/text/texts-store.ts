// The text that is being written or set: shown as it is typed, one step of history from its first word to its last.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Colour, LayerId, LayerOf, TextSettings } from '../../../src-main/contract/document.ts';
import { StudioError } from '../../../src-main/contract/fault.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { EntryId } from '../../../src-main/contract/history.ts';
import type { RenderedText } from '../../../src-main/contract/studio-api.ts';
import { useHost } from '../../client/host-store.ts';
import { useDocument } from '../../document/document-store.ts';
import { addBeside, addLayer, envelope } from '../../document/layer-changes.ts';
import { removeLayers } from '../../document/layer-edits.ts';
import { wordsNow } from '../../locales/words.ts';
import { useNotices } from '../../shell/notices-store.ts';
import { useShell } from '../../shell/shell-store.ts';
import { keptBox, nameOfText, setText, settingsOf, textIn } from './text-changes.ts';

/** How new text is set: what was set last. */
export type TextStyle = Omit<TextSettings, 'text' | 'at' | 'linear' | 'boxWidth' | 'colour' | 'sizePx'> & { readonly sizePx?: number };

/** Text that is changed now. */
export interface TextDraft {
  readonly layer: LayerId;
  readonly settings: TextSettings;
  /** Its words are in the editor, not only its settings in hand. */
  readonly isWriting: boolean;
  /** Of the lines that are shown, in px from `at`. */
  readonly box?: RenderedText['box'] | undefined;
}

/** While letters come quickly, only the last of them is drawn. */
const restMs = 60;
/** Settings changed by hand without a pause are one step. */
const joinMs = 1000;

const styleAtFirst: TextStyle = { font: 'Inter', weight: 400, align: 'left', lineHeight: 1.25 };

export const useTexts = defineStore('texts', () => {
  const document = useDocument();
  const { studio } = useHost();
  const notices = useNotices();
  const shell = useShell();
  const style = shallowRef<TextStyle>(styleAtFirst);
  const draft = shallowRef<TextDraft>();
  /** Pixels that are on their way. */
  const drawing = ref(false);
  /** The step this draft goes into, as long as it is the newest. */
  let step: EntryId | undefined;
  let isNew = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  let going: Promise<void> = Promise.resolve();
  let isCommitting = false;

  /** Keys are letters, wherever the focus is: words are written in an editor that is in sight. */
  const takesKeys = computed(() => draft.value?.isWriting === true && shell.showsCanvas);
  const active = computed(() => (document.activeLayer?.kind === 'text' ? document.activeLayer : undefined));
  /** What the options show: of the draft, else of the active layer. */
  const settings = computed<TextSettings | undefined>(() => draft.value?.settings ?? (active.value && settingsOf(active.value)));
  /** Of new text in this document. */
  const sizePx = computed(() => style.value.sizePx ?? Math.max(12, Math.round(Math.min(document.record?.width ?? 0, document.record?.height ?? 0) / 10)));

  function start(next: TextDraft, isFresh: boolean): void {
    draft.value = next;
    isNew = isFresh;
    step = undefined;
  }

  /** New text at a point of the document, or in lines that fill a box. */
  async function write(place: readonly [number, number] | Region, colour: Colour): Promise<void> {
    await finish();
    if (!document.record || document.readOnly) return;
    const styled = { ...style.value, sizePx: sizePx.value };
    const set: TextSettings = { ...styled, text: '', colour, ...('width' in place ? textIn(place, styled) : { at: [place[0], place[1]] }) };
    start({ layer: crypto.randomUUID(), settings: set, isWriting: true }, true);
  }

  /** Text that is there, in the editor. */
  async function edit(id: LayerId): Promise<void> {
    if (draft.value?.layer === id) return void (draft.value = { ...draft.value, isWriting: true });
    await finish();
    const layer = document.record?.layers[id];
    if (layer?.kind !== 'text' || document.readOnly) return;
    document.chosen = [id];
    const opened: TextDraft = { layer: id, settings: settingsOf(layer), isWriting: true };
    start(opened, false);
    void ask(opened); // For its box; its pixels stay until something is changed.
  }

  /** Changes the draft or the active layer, and how new text will be set. */
  function change(changes: Partial<TextSettings>): void {
    const { text: _text, at: _at, linear: _linear, boxWidth: _width, colour: _colour, ...styled } = changes;
    style.value = { ...style.value, ...styled };
    if (!draft.value && active.value && !document.readOnly) start({ layer: active.value.id, settings: settingsOf(active.value), isWriting: false }, false);
    const { value: now } = draft;
    if (!now) return;
    draft.value = { ...now, settings: { ...now.settings, ...changes, ...keptBox(now.settings, changes.align ?? now.settings.align) } };
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), restMs);
    clearTimeout(pause);
    if (!now.isWriting) pause = setTimeout(() => draft.value?.isWriting === false && void finish(), joinMs);
  }

  /** New text is set in none of these. */
  function withoutFonts(gone: readonly string[]): void {
    if (gone.includes(style.value.font)) style.value = { ...style.value, font: styleAtFirst.font };
  }

  /** What waits is drawn and told. Never rejects. */
  function flush(): Promise<void> {
    if (timer !== undefined && draft.value) {
      clearTimeout(timer);
      timer = undefined;
      going = draw(draft.value);
    }
    return going;
  }

  async function ask({ layer, settings: asked }: TextDraft): Promise<RenderedText | undefined> {
    const { record } = document;
    const mine = ++turn;
    if (!record) return undefined;
    drawing.value = true;
    try {
      const rendered = await studio.ask('text.render', { document: record.id, layer, settings: asked });
      if (mine !== turn || document.record?.id !== record.id) return undefined;
      if (draft.value?.layer === layer) draft.value = { ...draft.value, box: rendered.box };
      notices.notes(rendered.notes);
      return rendered;
    } catch (thrown) {
      if (!(thrown instanceof StudioError && thrown.code === 'job.cancelled')) notices.fault(thrown);
      return undefined;
    } finally {
      if (mine === turn) drawing.value = false;
    }
  }

  async function draw(asked: TextDraft): Promise<void> {
    const isThere = document.record?.layers[asked.layer] !== undefined;
    if (asked.settings.text.trim() === '' && !isThere) return;
    const rendered = await ask(asked);
    const { record } = document;
    if (!rendered || !record) return;
    try {
      isCommitting = true;
      if (!record.layers[asked.layer]) return place(asked, rendered);
      const changes = setText(record, asked.layer, asked.settings, rendered.pixels);
      if (changes.length === 0) return;
      if (step !== undefined && step === document.head) document.amend(changes);
      else step = document.commit({ key: 'layer.text', details: { name: record.layers[asked.layer]?.name ?? '' } }, changes);
    } catch (thrown) {
      notices.fault(thrown);
    } finally {
      isCommitting = false;
    }
  }

  /** The first pixels of new text make its layer: in the active group, above the active layer, or beneath a glaze. */
  function place({ layer, settings: asked }: TextDraft, { pixels }: RenderedText): void {
    const { record, activeLayer } = document;
    if (!record || !isNew) return;
    const name = nameOfText(asked.text);
    const made: LayerOf<'text'> = { ...envelope(name), id: layer, kind: 'text', ...asked, pixels };
    const changes = !activeLayer ? addLayer(record, made) : activeLayer.kind === 'group' ? addLayer(record, made, activeLayer.id) : addBeside(record, made, activeLayer);
    step = document.commit({ key: 'layer.add', details: { name: wordsNow('layers.names.text') } }, changes); // Its words have only begun.
    if (step !== undefined) document.chosen = [layer];
  }

  /** The draft is done; text without words leaves no layer. Never rejects. */
  async function finish(): Promise<void> {
    const { value: ended } = draft;
    if (!ended) return;
    await flush();
    if (draft.value?.layer !== ended.layer) return;
    draft.value = undefined;
    const { record } = document;
    if (record?.layers[ended.layer] && ended.settings.text.trim() === '') {
      if (isNew && step !== undefined && step === document.head) document.undo();
      else {
        const { changes, chosen } = removeLayers(record, [ended.layer]);
        // Emptied and left is one step.
        if (step !== undefined && step === document.head) document.amend(changes);
        else document.commit({ key: 'layer.remove', details: { name: record.layers[ended.layer]?.name ?? '' } }, changes);
        document.chosen = chosen;
      }
    }
    step = undefined;
  }

  document.beforeSettled(flush);
  // Another layer is taken in hand.
  watch(
    () => document.activeLayer?.id,
    (id) => {
      const layer = draft.value?.layer;
      if (layer !== undefined && layer !== id && document.record?.layers[layer]) void finish();
    },
  );
  document.onOpen(() => {
    clearTimeout(timer);
    turn++;
    timer = undefined;
    draft.value = undefined;
  });
  // Undone, or changed from elsewhere: what is there now counts.
  document.onChange((_, record) => {
    const { value: now } = draft;
    if (!now || isCommitting || timer !== undefined) return;
    const layer = record.layers[now.layer];
    if (layer?.kind === 'text') draft.value = { ...now, settings: settingsOf(layer) };
    else if (!isNew || step !== undefined) draft.value = undefined;
  });

  return { style, draft, drawing, takesKeys, settings, sizePx, write, edit, change, withoutFonts, flush, finish };
});
