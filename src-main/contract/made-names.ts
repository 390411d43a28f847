// Names that the program itself gives to documents and layers, by language: host and page make them, and the page knows them again.
import type { LanguageTag } from './studio-records.ts';

const english = { untitled: 'Untitled', sample: 'Evening lake', background: 'Background', firstLayer: 'Layer 1', picture: 'Picture', glaze: 'Glaze', paint: 'Paint', fill: 'Fill', group: 'Group', text: 'Text', copy: '{name} copy' };

export type MadeNames = Readonly<typeof english>;

export const madeNames: Readonly<Record<LanguageTag, MadeNames>> = {
  en: english,
  'zh-CN': { untitled: '未命名', sample: '湖上黄昏', background: '背景', firstLayer: '图层 1', picture: '图片', glaze: '罩染', paint: '绘画', fill: '填充', group: '图层组', text: '文字', copy: '{name} 副本' },
};
