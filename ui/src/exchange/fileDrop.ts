import { useEffect } from 'react';
import { bringInScript, isScriptFile } from '../calls/scripts/actions';
import { events } from '../ipc/bindings';
import { i18next } from '../i18n';
import { Held, useDrawn } from '../shared/held';
import { navigate, parseRoute } from '../shared/route';
import { showDone } from '../shared/Toast';

// The file that is looked at: dropped on the window, or chosen. It outlives the screen, so that a drop leads there.
const path = new Held<string | null>(null);

export const setImportFile = (next: string | null): void => path.set(next);
export const useImportFile = (): string | null => useDrawn(path);

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
