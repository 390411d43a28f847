// Words of the steps of history, by their label keys, and the history panel, in Simplified Chinese.
import type { history as english } from '../en/history.ts';

export const history: typeof english = {
  glaze: {
    add: '罩染：{style}',
    mix: '混入 {style}',
    unmix: '移出 {style}',
    weights: '风格的混合',
    strength: '强度',
    keepColours: '保留颜色',
    strokeSize: '笔触大小',
    noise: '笔触自由度',
    seed: '换一套笔触',
    measure: '测量色调',
    lock: '锁定色调测量',
    unlock: '解锁色调测量',
    clearMask: '让风格覆盖全部',
    variant: '采用变体：{style}',
  },
};
