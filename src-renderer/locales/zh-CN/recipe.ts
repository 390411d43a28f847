// Words of what a picture's file says of how it was made, in Simplified Chinese.
import type { recipe as english } from '../en/recipe.ts';

export const recipe: typeof english = {
  carries: '{file} 中写有制作方法：',
  carriesSeveral: '{file} 中写有制作方法，自下而上共 {n} 个罩染层：',
  share: '{style} {percent}%',
  setting: '{name} {value}',
  use: '使用这些设置',
  useInstead: '使用设置并移除这张图片',
  importStyles: '导入风格……',
  missing: '风格库中没有{names}。请在制作此图的电脑上导出该风格，再把文件导入这里；在此之前不会添加任何内容。',
  changed: '风格库中的{names}是另一个版本，将改用它：画面可能有所不同。',
  paired: '{names}借助第二个网络从一张图片取得风格。罩染层做不到，命令行可以。',
  crowded: '一个罩染层最多混合 {most} 种风格；此制作方法超过了这个数目。',
  masks: '此制作方法中缺少部分蒙版：原先只涂在局部的内容会覆盖全部。',
  masksStretched: '其中的蒙版会拉伸到打开的图片上。',
  strokes: '罩染层的笔触最大为 {most}%；将使用这一大小。',
  noDocument: '请先打开要使用这些设置的图片。',
  waiting: '风格库尚未就绪。',
};
