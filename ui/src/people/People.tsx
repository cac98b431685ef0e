import { Combine, Upload, UserPlus, Users } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { SearchField } from '../shared/Field';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { ScreenHeader } from '../shared/Layout';
import { openOverlay } from '../shared/overlay';
import { navigate } from '../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useSettled } from '../shared/useSettled';
import { useCursor } from '../shared/useCursor';
import { ExportDialog } from '../exchange/ExportDialog';
import { Filters } from './Filters';
import { PeopleList } from './PeopleList';
import { usePeople, usePeopleCount } from './queries';
import {
  isWhole,
  onSearchAsked,
  queryOf,
  rememberSelected,
  selectedBefore,
  setPeopleView,
  usePeopleView,
  wholeView,
} from './view';
import { ViewsMenu } from './ViewsMenu';

/** More rows than anyone scrolls to, and far less than what the window can hold as one list. */
const mostRows = 20_000;

/** Everyone the association knows: searched as one types, filtered by chips. */
export function People() {
  const { t } = useTranslation();
  const format = useFormat();
  const view = usePeopleView();
  const asked = useMemo(() => queryOf(view), [view]);
  const query = useSettled(asked, 70);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } =
    usePeople(query);
  const { data: total = null, isPlaceholderData: isOldCount } = usePeopleCount(query);
  const [selectedId, setSelectedId] = useState(selectedBefore);
  const [opensFirst, setOpensFirst] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  const people = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const ids = useMemo(() => people.map((person) => person.id), [people]);
  const isFull = people.length >= mostRows;
  // A search shows those that match best, and counts all.
  const isCounted = data !== undefined && !isPlaceholderData && total !== null && !isOldCount;
  const isShort = isFull || (isCounted && !hasNextPage && people.length < total);
  const open = useCallback((id: string) => {
    rememberSelected(id);
    navigate({ name: 'person', id });
  }, []);

  // Until the answer to what was typed is there, the list still shows the one before.
  const isAnswered = data !== undefined && query === asked && !isPlaceholderData;
  const [answered, setAnswered] = useState(query);
  if (isAnswered && answered !== query) {
    setAnswered(query);
    setSelectedId(ids[0] ?? null);
  }
  if (opensFirst && isAnswered && ids.length === 0) setOpensFirst(false);
  useEffect(() => {
    if (opensFirst && isAnswered && ids[0]) open(ids[0]);
  }, [opensFirst, isAnswered, ids, open]);
  useCursor(ids, { selected: selectedId, onSelect: setSelectedId, onOpen: open });
  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  useKeys([{ keys: '/', label: 'keys.search', run: focusSearch }]);
  useEffect(() => onSearchAsked(focusSearch), [focusSearch]);

  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFull) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFull, fetchNextPage]);

  const clear = () => setPeopleView({ ...wholeView, sort: view.sort });
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <div className="border-b border-line px-7 pt-5.5 pb-4">
        <ScreenHeader
          title={t('people.title')}
          sentence={
            total !== null &&
            t(isWhole(view) ? 'people.count' : 'people.matching', { count: total, n: format.count(total) })
          }
        >
          <Button icon={Combine} onPress={() => navigate({ name: 'duplicates' })}>
            {t('people.twice')}
          </Button>
          <Button icon={Upload} onPress={() => navigate({ name: 'import' })}>
            {t('people.import')}
          </Button>
          <Button onPress={() => setExporting(true)} isDisabled={people.length === 0}>
            {t('people.export')}
          </Button>
          <Button look="primary" icon={UserPlus} keyHint="n" onPress={() => openOverlay('newPerson')}>
            {t('people.new')}
          </Button>
        </ScreenHeader>
        <div className="mt-4 flex flex-wrap items-center gap-2.5">
          <ViewsMenu view={view} />
          <SearchField
            label={t('people.search')}
            placeholder={t('people.searchPlaceholder')}
            inputRef={search}
            value={view.words}
            onChange={(words) => {
              setOpensFirst(false);
              setPeopleView({ words });
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                if (!isAnswered) setOpensFirst(true);
                else if (selectedId) open(selectedId);
              } else if (event.key === 'ArrowDown') search.current?.blur();
              else if (event.key === 'Escape' && !view.words) search.current?.blur();
              else event.continuePropagation();
            }}
            after={<Kbd keys="/" />}
            className="min-w-56 flex-1"
          />
          <Filters view={view} />
        </div>
      </div>
      <div className="min-h-64 flex-1">
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={8} className="px-7" />
        ) : people.length === 0 ? (
          isWhole(view) ? (
            <EmptyState
              icon={Users}
              title={t('people.empty')}
              action={
                <>
                  <Button onPress={() => openOverlay('newPerson')}>{t('people.new')}</Button>
                  <Button onPress={() => navigate({ name: 'import' })}>{t('people.import')}</Button>
                </>
              }
            >
              {t('people.emptySentence')}
            </EmptyState>
          ) : (
            <EmptyState
              title={t('people.none')}
              action={<Button onPress={clear}>{t('people.clearAll')}</Button>}
            >
              {t('people.noneSentence')}
            </EmptyState>
          )
        ) : (
          <PeopleList
            people={people}
            total={total}
            selectedId={selectedId}
            onSelect={setSelectedId}
            onOpen={open}
            onNearEnd={onNearEnd}
            after={isShort && <p className="px-7 py-5 text-ink-2">{t('people.tooMany')}</p>}
          />
        )}
      </div>
      {isExporting && <ExportDialog query={query} total={total} onClose={() => setExporting(false)} />}
    </div>
  );
}
