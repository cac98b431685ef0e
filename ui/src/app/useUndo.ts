import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Undone } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from '../shared/States';
import { showDone, showError } from '../shared/Toast';

/** Takes back the last thing that this volunteer did, and says what it was and what of it could not be taken back. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const { t } = useTranslation();
  const tell = useCallback(
    (
      undone: Undone | null,
      nothing: string,
      done: (action: string, label: string) => string,
      opposite?: () => void,
    ) => {
      if (!undone) return showDone(nothing);
      const action = t(`action.${undone.action}` as 'action.change_person', {
        defaultValue: undone.action.replaceAll('_', ' '),
      });
      const left = [
        undone.kept > 0 && t('undo.kept', { count: undone.kept }),
        undone.failed > 0 && t('undo.failed', { count: undone.failed }),
      ].filter(Boolean);
      showDone(
        [done(action, undone.label), ...left].join(' '),
        opposite && { label: t('undo.redo'), run: opposite },
      );
    },
    [t],
  );
  const redo = useCallback(() => {
    run(commands.redoLast()).then(
      (undone) =>
        tell(undone, t('undo.nothingAgain'), (action, label) =>
          label ? t('undo.againFor', { action, label }) : t('undo.again', { action }),
        ),
      (reason: unknown) => showError(errorMessage(reason)),
    );
  }, [t, tell]);
  const undo = useCallback(() => {
    run(commands.undoLast()).then(
      (undone) =>
        tell(
          undone,
          t('undo.nothing'),
          (action, label) => (label ? t('undo.doneFor', { action, label }) : t('undo.done', { action })),
          redo,
        ),
      (reason: unknown) => showError(errorMessage(reason)),
    );
  }, [t, tell, redo]);
  return { undo, redo };
}
