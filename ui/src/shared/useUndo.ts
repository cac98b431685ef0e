import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Undone } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from './States';
import { showDone, showError } from './Toast';

/** Takes back the last thing that this volunteer did, and says what it was and what of it could not be taken back. */
export function useUndo(): {
  undo: () => void;
  redo: () => void;
  /** One edit, whoever made it and whenever. */
  undoEdit: (edit: string) => void;
} {
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
  const done = useCallback(
    (action: string, label: string) =>
      label ? t('undo.doneFor', { action, label }) : t('undo.done', { action }),
    [t],
  );
  const undo = useCallback(() => {
    run(commands.undoLast()).then(
      (undone) => tell(undone, t('undo.nothing'), done, redo),
      (reason: unknown) => showError(errorMessage(reason)),
    );
  }, [t, tell, done, redo]);
  const undoEdit = useCallback(
    (edit: string) => {
      run(commands.undoEdit(edit)).then(
        (undone) => tell(undone, t('undo.nothing'), done, redo),
        (reason: unknown) => showError(errorMessage(reason)),
      );
    },
    [t, tell, done, redo],
  );
  return { undo, redo, undoEdit };
}
