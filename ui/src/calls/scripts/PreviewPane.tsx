import { RotateCcw, TextCursorInput } from 'lucide-react';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { BegunAnswer, Move, ScriptPreview } from '../../ipc/bindings';
import { Button } from '../../shared/Button';
import { Kbd } from '../../shared/Kbd';
import { EmptyState, ErrorState, Notice, Skeleton } from '../../shared/States';
import { ScriptColumn } from '../ScriptColumn';
import { PersonChooser } from './PersonChooser';

/** The script as it would be said to someone, to be walked through as at the desk. */
export function PreviewPane({
  name,
  preview,
  error,
  isReadable,
  isBehind,
  isWalking,
  isWriting,
  onWalk,
  onSaid,
  onGoTo,
  stage,
}: {
  name: string;
  preview: ScriptPreview | undefined;
  error: unknown;
  /** There are words that can be said: those of now, or those of before a mistake. */
  isReadable: boolean;
  /** What is shown stood before the mistakes that stand there now. */
  isBehind: boolean;
  /** The step is on its way: an answer to the one that is shown would be for a place that was left. */
  isWalking: boolean;
  /** The keyboard is in the text, and stays there whatever the preview comes to. */
  isWriting: boolean;
  onWalk: (path: Move[]) => void;
  /** As `onWalk`, and answers why what was typed cannot be taken. */
  onSaid: (path: Move[]) => Promise<string | null>;
  /** To the words of this part in the text. */
  onGoTo: (part: string) => void;
  /** Where the keyboard goes, so that the number keys answer. */
  stage: Ref<HTMLDivElement>;
}) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<BegunAnswer | null>(null);
  return (
    <div className="flex h-full flex-col">
      <div className="border-b border-line px-5 py-3">
        <PersonChooser />
      </div>
      <div ref={stage} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto px-5 py-5 outline-none">
        {!isReadable ? (
          <EmptyState title={t('scripts.preview.notYetTitle')}>{t('scripts.preview.notYet')}</EmptyState>
        ) : !preview && error ? (
          <ErrorState error={error} />
        ) : !preview ? (
          <Skeleton rows={3} />
        ) : (
          <div className="mx-auto flex max-w-[38rem] flex-col gap-5">
            {isBehind && <Notice>{t('scripts.preview.behind')}</Notice>}
            <ScriptColumn
              begun={begun}
              onBegin={setBegun}
              name={name}
              step={preview.step}
              isTalking
              mayMeetMachine
              takesFocus={!isWriting && preview.path.length > 0}
              pending={isWalking ? '' : null}
              onPick={(pick) => {
                if (!isWalking) onWalk([...preview.path, { node: preview.step.node, pick }]);
              }}
              onSaid={(pick) => onSaid([...preview.path, { node: preview.step.node, pick }])}
              onBack={(moves) => {
                if (!isWalking) onWalk(preview.path.slice(0, moves));
              }}
            />
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line pt-3">
              <Button
                size="small"
                look="quiet"
                icon={TextCursorInput}
                className="-ms-2.5"
                onPress={() => onGoTo(preview.step.node)}
              >
                {t('scripts.preview.goTo')}
              </Button>
              {preview.path.length > 0 && (
                <Button size="small" look="quiet" icon={RotateCcw} onPress={() => onWalk([])}>
                  {t('scripts.preview.again')}
                </Button>
              )}
            </div>
            <p className="flex flex-wrap items-center gap-x-1.5 text-small text-ink-3">
              <Kbd keys="mod+Enter" />
              {t('scripts.preview.hint')}
            </p>
          </div>
        )}
      </div>
    </div>
  );
}
