// Numbers of bytes and of seconds as people read them, in the language of now.
import { useI18n } from 'vue-i18n';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const minute = 60;
const hour = 3600;

export interface Sizes {
  /** 1234567 → "1.2 MB". */
  sizeInWords(bytes: number): string;
  /** 75 → "1 min 15 s". */
  timeInWords(seconds: number): string;
}

export function useSizes(): Sizes {
  const { locale } = useI18n();
  return {
    sizeInWords(bytes) {
      const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
      const value = bytes / 1000 ** power;
      const digits = power === 0 || value >= 100 ? 0 : 1;
      return `${value.toLocaleString(locale.value, { maximumFractionDigits: digits })} ${units[power] ?? 'B'}`;
    },
    timeInWords(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const [hours, minutes, rest] = [Math.floor(whole / hour), Math.floor((whole % hour) / minute), whole % minute];
      const [h, min, s] = locale.value === 'zh-CN' ? ['小时', '分', '秒'] : ['h', 'min', 's'];
      if (hours > 0) return `${hours} ${h} ${minutes} ${min}`;
      return minutes > 0 ? `${minutes} ${min}${rest > 0 ? ` ${rest} ${s}` : ''}` : `${rest} ${s}`;
    },
  };
}
