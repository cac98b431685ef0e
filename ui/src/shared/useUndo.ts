import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Undone } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from './States';
import { showDone, showError } from './Toast';

// One at a time, whoever asks: a second press would find the first one's lines as if somebody had changed them since.
let isRunning = false;
async function alone(work: () => Promise<void>): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  try {
    await work();
  } catch (reason) {
    showError(errorMessage(reason));
  } finally {
    isRunning = false;
  }
}

/** Takes back the last thing that this volunteer did, and says what it was and what of it could not be taken back. */
export function useUndo(): {
  undo: () => void;
  redo: () => void;
  /** One edit, whoever made it and whenever. */
  undoEdit: (edit: string) => void;
  /** Says what was just done, with the way back beside it. */
  showUndoable: (words: string) => void;
  /** The same of what is still being done; or says why it was refused. */
  doUndoable: (work: Promise<unknown>, words: string) => Promise<void>;
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
    void alone(async () =>
      tell(await run(commands.redoLast()), t('undo.nothingAgain'), (action, label) =>
        label ? t('undo.againFor', { action, label }) : t('undo.again', { action }),
      ),
    );
  }, [t, tell]);
  const done = useCallback(
    (action: string, label: string) =>
      label ? t('undo.doneFor', { action, label }) : t('undo.done', { action }),
    [t],
  );
  const undo = useCallback(() => {
    void alone(async () => tell(await run(commands.undoLast()), t('undo.nothing'), done, redo));
  }, [t, tell, done, redo]);
  const undoEdit = useCallback(
    (edit: string) => {
      void alone(async () => tell(await run(commands.undoEdit(edit)), t('undo.nothing'), done, redo));
    },
    [t, tell, done, redo],
  );
  const showUndoable = useCallback(
    (words: string) => showDone(words, { label: t('common.undo'), run: undo }),
    [t, undo],
  );
  const doUndoable = useCallback(
    (work: Promise<unknown>, words: string) =>
      work.then(
        () => showUndoable(words),
        (reason: unknown) => showError(errorMessage(reason)),
      ),
    [showUndoable],
  );
  return { undo, redo, undoEdit, showUndoable, doUndoable };
}
