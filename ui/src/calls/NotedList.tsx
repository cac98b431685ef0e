import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Noted } from '../ipc/bindings';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { byAnswer, effectText } from './noted';

/** What will stand in the book when the call is filed, and the way to take it back. */
export function NotedList({
  noted,
  isIdle,
  hasKeys,
  onTakeBack,
}: {
  noted: Noted[];
  isIdle: boolean;
  /** The keys are the script's: while one talks. After that it can still be pressed, until the call is filed. */
  hasKeys: boolean;
  onTakeBack: (at: number) => void;
}) {
  const { t } = useTranslation();
  const answers = byAnswer(noted);
  const last = answers.at(-1);
  useKeys(
    [
      {
        keys: 'Delete',
        label: 'calls.key.forget',
        enabled: last !== undefined,
        run: () => onTakeBack(last!.at),
      },
    ],
    { enabled: hasKeys },
  );
  if (answers.length === 0) return null;
  return (
    <section aria-label={t('calls.noted.title')} className="border-t border-line pt-3.5">
      <SectionLabel className="mb-1.5">{t('calls.noted.title')}</SectionLabel>
      <ul className="flex flex-col gap-0.5">
        {answers.map(({ at, effects }) => {
          const words = effects.map((effect) => effectText(effect, t));
          return (
            <li key={at} className="flex items-start gap-1.5 text-small text-ink-2">
              <div className="min-w-0 flex-1 py-1">
                {words.map((line, index) => (
                  <p key={index} dir="auto" className="line-clamp-4 [overflow-wrap:anywhere] select-text">
                    {line}
                  </p>
                ))}
              </div>
              {hasKeys && at === last?.at && (
                <span className="py-1">
                  <Kbd keys="Delete" />
                </span>
              )}
              <button
                type="button"
                disabled={!isIdle}
                aria-label={t('calls.noted.takeBack', { what: words.join(', ') })}
                title={t('calls.noted.takeBackShort')}
                aria-keyshortcuts={hasKeys && at === last?.at ? 'Delete' : undefined}
                onClick={() => onTakeBack(at)}
                className="flex size-7 shrink-0 items-center justify-center rounded-small text-ink-3 hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden size={14} strokeWidth={1.75} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
