import { useEffect, useSyncExternalStore } from 'react';
import { bringInScript, isScriptFile } from '../calls/scripts/actions';
import { events } from '../ipc/bindings';
import { i18next } from '../i18n';
import { navigate, parseRoute } from '../shared/route';
import { showDone } from '../shared/Toast';

// The file that is looked at: dropped on the window, or chosen. It outlives the screen, so that a drop leads there.
let path: string | null = null;
const listeners = new Set<() => void>();

export function setImportFile(next: string | null): void {
  path = next;
  for (const listener of listeners) listener();
}

export function useImportFile(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => path,
  );
}

/** A file dropped on the window is looked at; nothing is read in before someone has seen what it holds. */
export function useFileDrop(): void {
  useEffect(() => {
    const stop = events.fileDropped.listen(({ payload }) => {
      if (parseRoute(window.location.hash).name === 'call') {
        showDone(i18next.t('exchange.import.afterCall'));
        return;
      }
      if (isScriptFile(payload.path)) return void bringInScript(payload.path);
      setImportFile(payload.path);
      navigate({ name: 'import' });
    });
    return () => void stop.then((off) => off());
  }, []);
}
