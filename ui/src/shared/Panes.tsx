import { ArrowLeft } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import { cx } from './cx';
import { ToastPlace } from './Toast';

const twoPanes = '(min-width: 704px)';

export function useMedia(condition: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(condition);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(condition).matches,
  );
}

/** Whether a list and what it leads to fit side by side; at 200 % zoom of a small window they do not. */
export const useTwoPanes = (): boolean => useMedia(twoPanes);

/** Above what stands alone: back to the list that led to it. */
export function BackBar({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="border-b border-line px-3 py-2">
      <IconButton icon={ArrowLeft} label={t('common.back')} onPress={onPress} />
    </div>
  );
}

/** A list, and beside it what is chosen in it. Where both do not fit, one or the other. */
export function Panes({
  list,
  detail,
  isDetailOpen,
  onCloseDetail,
}: {
  list: ReactNode;
  /** Nothing is chosen, or there is nothing to choose: the list has the room to itself. */
  detail: ReactNode | null;
  isDetailOpen: boolean;
  onCloseDetail: () => void;
}) {
  const hasRoom = useTwoPanes();
  const both = hasRoom && detail !== null;
  const isOpen = isDetailOpen && detail !== null;
  return (
    <div className="flex h-full">
      {(both || !isOpen) && (
        <div
          className={cx(
            'flex h-full min-w-0 flex-col',
            both ? 'w-[clamp(20rem,49%,32.5rem)] shrink-0 border-e border-line' : 'flex-1',
          )}
        >
          <div className="min-h-0 flex-1">{list}</div>
          {/* What is done in the detail is done at its foot: there nothing may move. */}
          {both && <ToastPlace at="list" />}
        </div>
      )}
      {(both || isOpen) && (
        <div className="flex h-full min-w-0 flex-1 flex-col bg-surface">
          {!both && <BackBar onPress={onCloseDetail} />}
          <div className="min-h-0 flex-1">{detail}</div>
        </div>
      )}
    </div>
  );
}
