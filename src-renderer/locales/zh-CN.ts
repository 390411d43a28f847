// Every word of the page in Simplified Chinese.
import type { Words } from './en.ts';

export const zhCN: Words = {
  language: '简体中文',
  tagline: '薄薄一层透明的颜料，改变其下的一切。',
  about: 'Velatura 从你自己的画作中学习绘画风格，再把它罩染到你的照片上。一切都在这台电脑上完成：不上传，不统计。',
  today: {
    title: '现在能做什么',
    lead: '在命令行中教授风格和绘制图片。请在程序所在的文件夹中运行。',
    teach: {
      title: '教一种风格',
      text: '一幅画就够了。几分钟后风格便进入你的风格库，学得越久越好。',
    },
    stylize: {
      title: '绘制一张图片',
      text: '任何照片，任何尺寸。颜色、强度和笔触大小都由你决定；加上 --help 查看用法。',
    },
    copy: '复制',
    copied: '已复制',
    copyFailed: '请选中后手动复制',
  },
  later: {
    title: '还没有的部分',
    text: '画室本身：带图层的画布、对比、打印台。在此之前，这个窗口只显示程序的状态。',
  },
  host: {
    title: '本程序',
    version: '版本',
    runtime: '运行环境',
    connection: '连接',
    engine: '引擎',
    unknown: '未知',
    connections: {
      connecting: '正在连接……',
      connected: '已连接',
      lost: '已断开，正在重试',
      refused: '被拒绝：请从终端重新复制完整地址',
    },
    engines: {
      answering: '有应答',
      silent: '没有应答',
    },
  },
};
