// The artist's folder before there is a window: where it is not there, that is said, and looked for again when they ask.
import { app, dialog } from 'electron';
import { faultOf, StudioError } from '../../contract/fault.ts';
import { languageOf, messageOf, type Language } from '../../contract/messages/message.ts';

const words: Readonly<Record<Language, { readonly again: string; readonly end: string }>> = {
  en: { again: 'Look again', end: 'Close' },
  'zh-CN': { again: '重新查找', end: '关闭' },
};

/** What `find` answers; undefined where the artist gives up. */
export function findHome<T>(find: () => T): T | undefined {
  for (;;) {
    try {
      return find();
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown;
      const language = languageOf(app.getLocale(), {});
      const { sentence, remedy } = messageOf(faultOf(thrown), language);
      const { again, end } = words[language];
      const answer = dialog.showMessageBoxSync({ type: 'error', title: 'Velatura', message: sentence, detail: remedy, buttons: [again, end], defaultId: 0, cancelId: 1, noLink: true });
      if (answer !== 0) return undefined;
    }
  }
}
