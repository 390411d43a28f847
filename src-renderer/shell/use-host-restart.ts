// When the studio behind the page was started anew, the open document is opened there again.
import { watch } from 'vue';
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { useNotices } from './notices-store.ts';

export function useHostRestart(): void {
  const host = useHost();
  const document = useDocument();
  const library = useLibrary();
  const notices = useNotices();
  let known: string | undefined;

  /** The banner has said it meanwhile. */
  watch(
    () => host.connection,
    (connection) => {
      if (connection !== 'connected') return;
      for (const notice of notices.list) if (notice.kind === 'fault' && notice.fault.code === 'host.lost') notices.close(notice.id);
    },
  );

  watch(
    () => host.status?.startedAt,
    async (startedAt) => {
      if (startedAt === undefined) return; // Not known just now.
      const isAnother = known !== undefined && known !== startedAt;
      known = startedAt;
      if (!isAnother) return;
      const hadFault = document.fault !== undefined;
      // That the host ended with the document open is what the sentence below says.
      if (document.record) await library.reopen(['document.recovered']);
      notices.tell(hadFault ? 'shell.connection.restartedWithout' : 'shell.connection.restarted');
    },
    { immediate: true },
  );
}
