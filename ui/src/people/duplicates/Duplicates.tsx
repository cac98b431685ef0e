import { Combine, RefreshCw, Users } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairOfPeople } from '../../ipc/bindings';
import { Button } from '../../shared/Button';
import { dotted } from '../../shared/bidi';
import { cx } from '../../shared/cx';
import { useKeys } from '../../shared/keys';
import { ScreenHeader } from '../../shared/Layout';
import { Panes } from '../../shared/Panes';
import { goBack } from '../../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { useCursor, useFollowingFocus } from '../../shared/useCursor';
import { MergeManyDialog } from './MergeManyDialog';
import { PairNames } from './PairNames';
import { PairPane } from './PairPane';
import { useDuplicates, useLookForDuplicates } from './queries';

/** Who may be in the book twice: pair by pair with its reasons, and both side by side. */
export function Duplicates() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage } =
    useDuplicates();
  const look = useLookForDuplicates();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [isDetailOpen, setDetailOpen] = useState(false);
  const [isMergingMany, setMergingMany] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const pairs = useMemo(() => data?.pages.flatMap((page) => page.pairs) ?? [], [data]);
  const ids = useMemo(() => pairs.map((pair) => pair.id), [pairs]);
  const first = data?.pages[0];
  const neverLooked = first !== undefined && first.looked_for === null;
  const selected = pairs.find((pair) => pair.id === selectedId) ?? null;

  const { mutate: lookNow, isPending: isLooking, isIdle } = look;
  useEffect(() => {
    // Whoever comes here wants to know: the first time it is looked for without being asked.
    if (neverLooked && isIdle) lookNow();
  }, [neverLooked, isIdle, lookNow]);

  const open = useCallback((id: string) => {
    setSelectedId(id);
    setDetailOpen(true);
    heading.current?.focus();
  }, []);
  useCursor(ids, { selected: selectedId, onSelect: setSelectedId, onOpen: open, isOld: isFetching });
  useFollowingFocus(list, selectedId);
  useKeys([
    { keys: 'Escape', label: 'keys.back', run: () => (isDetailOpen ? setDetailOpen(false) : goBack()) },
  ]);
  useEffect(() => {
    if (selectedId && selectedId === ids.at(-1) && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [selectedId, ids, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const lookedFor = first?.looked_for;
  const header = (
    <div className="border-b border-line px-6 pt-5.5 pb-4">
      <ScreenHeader
        title={t('duplicates.title')}
        sentence={
          isLooking
            ? t('duplicates.looking')
            : lookedFor &&
              t('duplicates.sentence', {
                pairs: t('duplicates.pairs', { count: first.total, n: format.count(first.total) }),
                people: format.count(lookedFor.people),
                when: format.near(lookedFor.at_ms),
              })
        }
      />
      <div className="mt-3.5 flex flex-wrap gap-2.5">
        {(first?.narrow ?? 0) > 0 && (
          <Button size="small" icon={Combine} onPress={() => setMergingMany(true)}>
            {t('duplicates.mergeMany', { count: first!.narrow, n: format.count(first!.narrow) })}
          </Button>
        )}
        <Button size="small" look="quiet" icon={RefreshCw} isDisabled={isLooking} onPress={() => lookNow()}>
          {t('duplicates.lookAgain')}
        </Button>
      </div>
    </div>
  );

  return (
    <>
      <Panes
        isDetailOpen={isDetailOpen}
        onCloseDetail={() => setDetailOpen(false)}
        list={
          <div className="flex h-full flex-col overflow-y-auto">
            {header}
            {error && !data ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : !data || (isLooking && pairs.length === 0) ? (
              <Skeleton rows={6} className="px-6" />
            ) : pairs.length === 0 ? (
              <EmptyState icon={Users} title={t('duplicates.none')}>
                {t('duplicates.noneSentence')}
              </EmptyState>
            ) : (
              <>
                <ul ref={list}>
                  {pairs.map((pair, index) => (
                    <li key={pair.id} aria-setsize={first?.total ?? -1} aria-posinset={index + 1}>
                      <PairRow
                        pair={pair}
                        isSelected={pair.id === selectedId}
                        onSelect={setSelectedId}
                        onOpen={open}
                      />
                    </li>
                  ))}
                </ul>
                {hasNextPage && (
                  <div className="px-6 py-4">
                    <Button size="small" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
                      {t('duplicates.more')}
                    </Button>
                  </div>
                )}
              </>
            )}
          </div>
        }
        detail={selected && <PairPane key={selected.id} pair={selected} headingRef={heading} />}
      />
      {isMergingMany && <MergeManyDialog onClose={() => setMergingMany(false)} />}
    </>
  );
}

const isOneName = ({ one, other }: Pick<PairOfPeople, 'one' | 'other'>) => one.name === other.name;

/** The two names, how sure it is, and what speaks for it most. */
function PairRow({
  pair,
  isSelected,
  onSelect,
  onOpen,
}: {
  pair: PairOfPeople;
  isSelected: boolean;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  // One name of both stands above already.
  const speaksFor = pair.reasons.filter(
    (reason) => reason.speaks_for && !(isOneName(pair) && reason.words.includes(pair.one.name)),
  );
  return (
    <button
      type="button"
      data-row={pair.id}
      aria-current={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      onFocus={() => onSelect(pair.id)}
      onClick={() => onOpen(pair.id)}
      className={cx(
        'relative block w-full border-b border-line px-6 py-3 text-start -outline-offset-2',
        isSelected ? 'bg-selected' : 'hover:bg-sunken/60',
      )}
    >
      {isSelected && <span aria-hidden className="absolute inset-y-0 start-0 w-[3px] bg-green" />}
      <span className="flex min-w-0 items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate">
          <PairNames one={pair.one} other={pair.other} />
        </span>
        <span className="shrink-0 text-small text-ink-3">
          {pair.level === 'narrow' ? t('duplicates.surely') : t('duplicates.maybe')}
        </span>
      </span>
      <span className="block truncate text-small text-ink-2">
        {dotted(speaksFor.slice(0, 3).map((reason) => reason.words))}
      </span>
    </button>
  );
}
