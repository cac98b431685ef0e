import { useIsFetching } from '@tanstack/react-query';
import { Combine, CornerDownRight, Tag, Upload, UserPlus, Users } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { SearchField } from '../shared/Field';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { ScreenHeader } from '../shared/Layout';
import { openOverlay } from '../shared/overlay';
import { navigate } from '../shared/route';
import { EmptyState, errorMessage, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { showError } from '../shared/Toast';
import { useSettled } from '../shared/useSettled';
import { useListKeys } from '../shared/useCursor';
import { EnterDialog } from '../plans/EnterDialog';
import { ExportDialog } from '../exchange/ExportDialog';
import { Filters } from './Filters';
import { PeopleHeader } from './PeopleHeader';
import { PeopleList, type Press, type RowAt } from './PeopleList';
import { usePeopleInOrder } from './queries';
import { useChosen } from './useChosen';
import {
  isWhole,
  onSearchAsked,
  placeBefore,
  queryOf,
  rememberPlace,
  setPeopleView,
  usePeopleView,
  viewOf,
  wholeView,
} from './view';
import { TagDialog } from './TagDialog';
import { ViewsMenu } from './ViewsMenu';

const capitals = Array.from({ length: 26 }, (_, n) => `shift+${String.fromCharCode(97 + n)}`);

/** Where the list stands, and at whom; `null` until the row is there. */
interface At {
  place: number;
  id: string | null;
  /** Shown at the top, as one looks from there on. */
  atTop?: boolean;
}

/** Everyone the association knows: searched as one types, filtered by chips, and scrolled through to the last. */
export function People() {
  const { t } = useTranslation();
  const format = useFormat();
  const view = usePeopleView();
  const asked = useMemo(() => queryOf(view), [view]);
  // At once, unless an answer is still to come: then what is typed meanwhile is asked together.
  const isAsking = useIsFetching({ queryKey: ['people'] }) > 0;
  const query = useSettled(asked, isAsking ? 70 : 0);
  const {
    list,
    of,
    head: { data, error, refetch, isPlaceholderData },
  } = usePeopleInOrder(query);
  const [{ place, id: selectedId, atTop }, setAt] = useState<At>({ place: placeBefore(), id: null });
  const [opensFirst, setOpensFirst] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const [isEntering, setEntering] = useState(false);
  const [isTagging, setTagging] = useState(false);
  const { chosen, press, toggle, whoIsAt, clear: chooseNobody } = useChosen(list, query);
  const search = useRef<HTMLInputElement>(null);
  const total = list?.total ?? null;
  const count = list?.count ?? 0;

  const open = useCallback((id: string, place: number) => {
    rememberPlace(place);
    navigate({ name: 'person', id });
  }, []);
  const onPlace = useCallback((place: number, id: string | null) => setAt({ place, id }), []);
  const onPress = useCallback(
    (id: string, at: number, how: Press) => {
      if (how === 'open') open(id, at);
      else {
        setAt({ place: at, id });
        void press(id, at, how);
      }
    },
    [open, press],
  );

  // Until the answer to what was typed is there, the list still shows the one before.
  const isAnswered = data !== undefined && query === asked && !isPlaceholderData;
  const [answered, setAnswered] = useState(query);
  const firstId = data?.rows[0]?.id ?? null;
  if (isAnswered && answered !== query) {
    setAnswered(query);
    setAt({ place: 0, id: firstId });
  }
  if (opensFirst && isAnswered && firstId === null) setOpensFirst(false);
  useEffect(() => {
    if (opensFirst && isAnswered && firstId) open(firstId, 0);
  }, [opensFirst, isAnswered, firstId, open]);
  const rowAtRef = useRef<RowAt>(() => undefined);
  const standsAt = useRef(place);
  useEffect(() => {
    standsAt.current = place;
  }, [place]);
  const move = (by: number) => {
    const to = Math.max(0, Math.min(count - 1, place + by));
    setAt({ place: to, id: rowAtRef.current(to)?.id ?? null });
  };
  // A row that is not there yet is done to all the same; nobody is opened whom one has left behind since.
  const act = async (how: 'open' | 'choose') => {
    try {
      const id = selectedId ?? (await whoIsAt(place, place + 1))[0];
      if (id === undefined) return;
      if (how === 'choose') toggle(id, place);
      else if (standsAt.current === place) open(id, place);
    } catch (error) {
      showError(errorMessage(error));
    }
  };
  useListKeys({ move, open: () => void act('open'), enabled: count > 0 });
  useKeys(
    [
      { keys: 'x', label: 'keys.choosePerson', run: () => void act('choose') },
      {
        keys: capitals,
        label: 'keys.toLetter',
        run: (event) => {
          const letter = list?.letters.find((each) => each.letter === event.key.toLowerCase());
          if (letter) setAt({ place: letter.at, id: null, atTop: true });
        },
      },
      { keys: 'Escape', enabled: chosen.size > 0, run: chooseNobody },
    ],
    { enabled: count > 0 },
  );
  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  useKeys([{ keys: '/', label: 'keys.search', run: focusSearch }]);
  useEffect(() => onSearchAsked(focusSearch), [focusSearch]);

  const clear = () => setPeopleView({ ...wholeView, sort: view.sort, descending: view.descending });
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <div className="border-b border-line px-7 pt-5.5 pb-4">
        <ScreenHeader
          title={t('people.title')}
          sentence={
            total === null
              ? // It keeps its line, so that nothing moves when it comes.
                data?.near
                ? t('people.nearMany')
                : '\u00a0'
              : t(isWhole(viewOf(of)) ? 'people.count' : data?.near ? 'people.near' : 'people.matching', {
                  count: total,
                  n: format.count(total),
                })
          }
        >
          <Button icon={Combine} onPress={() => navigate({ name: 'duplicates' })}>
            {t('people.twice')}
          </Button>
          <Button
            icon={CornerDownRight}
            onPress={() => setEntering(true)}
            isDisabled={count === 0 || isWhole(view)}
          >
            {t('plans.enter.everyone')}
          </Button>
          <Button icon={Upload} onPress={() => navigate({ name: 'import' })}>
            {t('people.import')}
          </Button>
          <Button onPress={() => setExporting(true)} isDisabled={count === 0}>
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
                else if (selectedId) open(selectedId, place);
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
        ) : !list ? (
          <Skeleton rows={8} className="px-7" />
        ) : count === 0 ? (
          isWhole(viewOf(of)) ? (
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
            list={list}
            rowAtRef={rowAtRef}
            isBusy={!isAnswered}
            place={place}
            atTop={atTop}
            selectedId={selectedId}
            chosen={chosen}
            onPlace={onPlace}
            onPress={onPress}
            header={(hasStrip) => <PeopleHeader view={view} hasStrip={hasStrip} />}
          />
        )}
      </div>
      {chosen.size > 0 && (
        <div className="flex items-center gap-3 border-t border-line bg-surface px-7 py-2.5">
          <p role="status" className="tnum flex-1 font-medium">
            {t('people.chosen', { count: chosen.size, n: format.count(chosen.size) })}
          </p>
          <Button icon={Tag} onPress={() => setTagging(true)}>
            {t('people.tagChosen')}
          </Button>
          <Button icon={CornerDownRight} onPress={() => setEntering(true)}>
            {t('plans.enter.chosen')}
          </Button>
          <Button onPress={() => setExporting(true)}>{t('people.exportChosen')}</Button>
          <Button look="quiet" keyHint="Esc" onPress={chooseNobody}>
            {t('people.chooseNobody')}
          </Button>
        </div>
      )}
      {isEntering && (
        <EnterDialog
          meant={chosen.size > 0 ? { people: [...chosen] } : { list: query }}
          onClose={() => setEntering(false)}
          onEntered={chooseNobody}
        />
      )}
      {isTagging && <TagDialog people={[...chosen]} onClose={() => setTagging(false)} />}
      {isExporting && (
        <ExportDialog
          query={query}
          people={chosen.size > 0 ? [...chosen] : null}
          total={chosen.size > 0 ? chosen.size : total}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}
