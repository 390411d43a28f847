// Words of notices, faults of a change, questions, in Simplified Chinese.
import type { notices as english } from '../en/notices.ts';

export const notices: typeof english = {
  label: '通知',
  close: '关闭通知',
  retry: '重试',
  reopen: '重新打开',
  savedAs: '已保存为 {name}。',
  broken: '上一步没有写入磁盘。',
  waitsForGlaze: '正在等待罩染“{name}”绘制完成……',
  cancel: '取消（Esc）',
};
