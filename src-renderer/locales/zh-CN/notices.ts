// Words of notices, faults of a change, questions, in Simplified Chinese.
import type { notices as english } from '../en/notices.ts';

export const notices: typeof english = {
  label: '通知',
  close: '关闭通知',
  retry: '重试',
  reopen: '重新打开',
  savedAs: '已保存为 {name}。',
  broken: '上一步没有写入磁盘。',
};
