// Words of long work, in Simplified Chinese.
import type { jobs as english } from '../en/jobs.ts';

export const jobs: typeof english = {
  title: '任务',
  none: '没有正在进行的任务。',
  named: '{kind}：{name}',
  kinds: { export: '导出', variants: '变体', teach: '教学', glaze: '罩染', save: '保存', import: '导入' },
  states: { waiting: '等待中', running: '进行中', done: '已完成', cancelled: '已取消', failed: '失败', interrupted: '程序结束时被中断' },
  interruptedForGood: '程序结束时被中断；请在原来的地方重新开始',
  wereInterrupted: '程序结束时有任务还没有完成。它们在任务列表中，可以重试。',
  show: '显示任务',
  goOn: '继续“{name}”',
  stages: {
    decode: '正在读取',
    measure: '正在测量',
    paint: '正在绘制',
    composite: '正在合成图层',
    scale: '正在缩放',
    encode: '正在写入',
    train: '正在学习',
  },
  ends: {
    export: '{name} 已就绪。',
    writtenTo: '已写入 {path}。',
    variants: '“{name}”的变体已就绪。',
    glaze: '“{name}”已罩染。',
    import: '“{name}”已读取。',
    teach: '“{name}”已学会。',
  },
  look: '查看',
  left: '还需 {time}',
  cancel: '取消任务',
  retry: '重试',
  download: '下载文件',
  clear: '清除已结束的任务',
};
