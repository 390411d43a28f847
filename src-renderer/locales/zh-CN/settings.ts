// Words of the settings, About, licences, in Simplified Chinese.
import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: '设置',
  tabs: { general: '常规', performance: '性能', history: '历史', shortcuts: '快捷键' },
  language: '语言',
  theme: '主题',
  themes: { dark: '深色', light: '浅色' },
  folder: '文档与风格',
  folderNote: '你的一切都保存在此文件夹中。可用环境变量 VELATURA_HOME 更改位置。',
  device: '绘制设备',
  devices: { auto: '自动选择最快的', cpu: '处理器', webgpu: '显卡（WebGPU）', cuda: 'NVIDIA 显卡（CUDA）', dml: '显卡（DirectML）', coreml: 'Apple 芯片（Core ML）' },
  deviceNow: '当前：{device}。',
  deviceNote: '不能使用的设备会被跳过，并在窗口底部说明。',
  memory: '像素内存',
  threads: '线程数',
  standard: '自动决定',
  noLimit: '不限',
  historyLimit: '单个文档的历史',
  historyNote: '超出后会询问你是否丢弃最早的步骤。未经你同意，不会丢弃任何内容。',
  licences: '许可证',
  licencesText: 'Velatura 是采用 MIT 许可证的自由软件，建立在许多人的工作之上：',
};
