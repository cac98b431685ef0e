import { useCallback, useEffect, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../shared/cx';
import { useFollowingFocus } from '../shared/useCursor';
import { useLongList } from '../shared/useLongList';
import { PeopleRow } from './PeopleRow';
import { useRows, type PeopleInOrder } from './queries';

const rowRem = 4;
const mostLetters = 40;

/** How a row was pressed: alone it is opened, with a key it is chosen. */
export type Press = 'open' | 'choose' | 'chooseTo';

/** Who stands at a place, as far as rows are there. */
export type RowAt = ReturnType<typeof useRows>;

/** Everyone of the list, drawn where it is looked at. */
export function PeopleList({
  list,
  rowAtRef,
  isBusy,
  place,
  atTop = false,
  selectedId,
  chosen,
  onPlace,
  onPress,
  header,
}: {
  list: PeopleInOrder;
  /** Told which rows are there. */
  rowAtRef: RefObject<RowAt>;
  /** Another list is being asked for; this is the one before. */
  isBusy: boolean;
  place: number;
  atTop?: boolean;
  selectedId: string | null;
  chosen: ReadonlySet<string>;
  onPlace: (place: number, id: string | null) => void;
  onPress: (id: string, place: number, press: Press) => void;
  header: (hasStrip: boolean) => ReactNode;
}) {
  const { t } = useTranslation();
  const { scroller, heightPx, rowPx, from, to, rowsInView, yOf, show } = useLongList(list.count, rowRem);
  const at = useRows(list, from, to);
  useEffect(() => {
    rowAtRef.current = at;
  }, [rowAtRef, at]);

  useEffect(() => show(place, atTop ? 'top' : 'near'), [place, atTop, show]);
  // Where someone came or left above, the place follows whom it stood at; where that one left, it is the next one's.
  const here = at(place);
  useEffect(() => {
    if (here === undefined || here?.id === selectedId) return;
    for (let index = from; index < to; index++) {
      const row = at(index);
      if (row && row.id === selectedId) {
        onPlace(index, selectedId);
        return;
      }
    }
    onPlace(place, here?.id ?? null);
  }, [here, selectedId, place, from, to, at, onPlace]);
  useFollowingFocus(scroller, selectedId);

  const jump = useCallback(
    (index: number) => {
      onPlace(index, null);
      show(index, 'top');
    },
    [onPlace, show],
  );
  // A book of many scripts has more first letters than there is room for: then every other one stands there, or fewer.
  const all = list.letters.filter(({ letter }) => letter.trim() !== '');
  const letters = all.filter((_, n) => n % Math.ceil(all.length / mostLetters) === 0);
  const hasStrip = letters.length > 1 && list.count > 2 * rowsInView;
  // The last letter that begins before the place stands out.
  const letterHere = letters.findLast(({ at: begins }) => begins <= place)?.letter;
  return (
    <div className="flex h-full flex-col">
      {header(hasStrip)}
      <div className="relative min-h-0 flex-1">
        <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
          <ul
            style={{ height: heightPx }}
            className="relative"
            aria-label={t('people.title')}
            aria-busy={isBusy}
          >
            {Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n).map((index) => {
              const person = at(index);
              return (
                <li
                  key={person?.id ?? index}
                  data-index={index}
                  aria-setsize={list.total ?? -1}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${yOf(index)}px)`, height: rowPx }}
                >
                  {person ? (
                    <PeopleRow
                      person={person}
                      place={index}
                      isSelected={index === place}
                      isChosen={chosen.has(person.id)}
                      hasStrip={hasStrip}
                      onPlace={onPlace}
                      onPress={onPress}
                    />
                  ) : (
                    <div className="flex h-16 items-center border-b border-line px-7 text-small text-ink-3">
                      {person === null ? (
                        t('people.left')
                      ) : (
                        <span aria-hidden className="h-3 w-56 rounded-small bg-sunken" />
                      )}
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
        {hasStrip && (
          <nav
            aria-label={t('people.letters')}
            className="absolute inset-y-1 end-3.5 flex w-5 flex-col items-stretch justify-center"
          >
            {letters.map(({ letter, at: begins }) => (
              <button
                key={letter}
                type="button"
                tabIndex={-1}
                aria-label={t('people.toLetter', { letter: letter.toLocaleUpperCase() })}
                onClick={() => jump(begins)}
                className={cx(
                  'flex min-h-0 max-h-5 flex-1 items-center justify-center overflow-hidden rounded-small text-[0.625rem] leading-none font-semibold hover:bg-sunken hover:text-ink',
                  letter === letterHere ? 'text-green' : 'text-ink-3',
                )}
              >
                <span aria-hidden>{letter.toLocaleUpperCase()}</span>
              </button>
            ))}
          </nav>
        )}
      </div>
    </div>
  );
}
