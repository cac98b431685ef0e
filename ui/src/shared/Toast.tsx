import { TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button';
import { cx } from './cx';
import { bestPlace, dismiss, hold, letGo, subscribe, takePlace, toasts, type Toast } from './toasts';

export { showDone, showError } from './toasts';

/** Where toasts may stand; of the places on the screen the last of these that is there has them. */
const ranks = { window: 0, main: 1, list: 2, rail: 3, dialog: 4 };

/**
 * Room for what is said in passing. It stands in the layout, never over it: nothing that can be read or pressed is
 * covered. Empty it takes no room.
 */
export function ToastPlace({ at, className }: { at: keyof typeof ranks; className?: string }) {
  const all = useSyncExternalStore(subscribe, toasts);
  const best = useSyncExternalStore(subscribe, bestPlace);
  const [place] = useState(() => ({ rank: ranks[at] }));
  useEffect(() => takePlace(place), [place]);
  const shown = best === place ? all : [];
  const isOpen = shown.some((toast) => !toast.isLeaving);
  return (
    <div
      className={cx(
        'grid shrink-0 transition-[grid-template-rows] duration-160 ease-calm',
        isOpen ? 'grid-rows-[1fr]' : 'grid-rows-[0fr]',
      )}
    >
      <div className="min-h-0 min-w-0 overflow-hidden">
        {/* Both are there before they have words: a screen reader tells what changes in them. */}
        {(['polite', 'assertive'] as const).map((live) => (
          <div key={live} aria-live={live} className={className}>
            {shown
              .filter((toast) => toast.isError === (live === 'assertive'))
              .map((toast) => (
                <ToastView key={toast.id} toast={toast} isCard={at === 'rail'} />
              ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function ToastView({ toast, isCard }: { toast: Toast; isCard: boolean }) {
  const { t } = useTranslation();
  const cameFrom = useRef<HTMLElement | null>(null);
  const { words, isError, action } = toast;
  const onFocus = (event: FocusEvent) => {
    hold();
    const from = event.relatedTarget;
    if (from instanceof HTMLElement && !event.currentTarget.contains(from)) cameFrom.current = from;
  };
  const leave = () => {
    dismiss(toast.id);
    cameFrom.current?.focus();
  };
  const act = () => {
    leave();
    action?.run();
  };
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={letGo}
      onFocus={onFocus}
      onBlur={letGo}
      className={cx(
        'rise flex',
        isCard
          ? 'mb-2 flex-col items-start gap-1.5 rounded-box border border-line bg-surface px-3 py-2.5 text-small'
          : 'min-h-12 items-center gap-3 border-t border-line bg-surface px-6 py-1.5',
      )}
    >
      <span className="flex min-w-0 flex-1 items-start gap-2">
        {isError && (
          <TriangleAlert aria-hidden size={16} strokeWidth={1.75} className="mt-px shrink-0 text-amber" />
        )}
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere] select-text">
          {words}
        </span>
      </span>
      {action && (
        <Button size="small" look="quiet" onPress={act} className={cx('text-green!', isCard && '-ms-2.5')}>
          {action.label}
        </Button>
      )}
      {isError && <IconButton icon={X} label={t('common.close')} onPress={leave} className="-me-2" />}
    </div>
  );
}
