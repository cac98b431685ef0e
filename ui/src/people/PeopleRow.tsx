import { Check, PhoneOff } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { Avatar, PersonName } from '../shared/People';
import { useFormat } from '../shared/time';
import { columns } from './columns';
import type { Press } from './PeopleList';

/** One of a great many: the name, who they are to us, and how long they wait. Always of one height. */
export const PeopleRow = memo(function PeopleRow({
  person,
  place,
  isSelected,
  isChosen,
  hasStrip,
  onPlace,
  onPress,
}: {
  person: PersonRow;
  place: number;
  isSelected: boolean;
  isChosen: boolean;
  /** The letters stand beside it. */
  hasStrip: boolean;
  onPlace: (place: number, id: string) => void;
  onPress: (id: string, place: number, press: Press) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const aside = [t(`standing.${person.standing}`), person.place].filter(Boolean);
  const details = [
    person.phone_ending && t('people.phoneEnding', { ending: person.phone_ending }),
    person.email,
  ].filter(Boolean);
  return (
    <button
      type="button"
      data-row={person.id}
      aria-current={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      aria-description={isChosen ? t('people.isChosen') : undefined}
      onFocus={() => onPlace(place, person.id)}
      onClick={(event: MouseEvent) =>
        onPress(
          person.id,
          place,
          event.shiftKey ? 'chooseTo' : event.ctrlKey || event.metaKey ? 'choose' : 'open',
        )
      }
      className={cx(
        'relative flex h-16 w-full items-center gap-4 border-b border-line ps-7 text-start -outline-offset-2',
        hasStrip ? 'pe-12' : 'pe-7',
        isChosen ? 'bg-green-soft' : isSelected ? 'bg-selected' : 'hover:bg-sunken/60',
      )}
    >
      {isSelected && <span aria-hidden className="absolute inset-y-0 start-0 w-[3px] bg-green" />}
      {isChosen && (
        <Check
          aria-hidden
          size={14}
          strokeWidth={2.4}
          className="absolute start-2 top-1/2 -translate-y-1/2 text-green"
        />
      )}
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-baseline gap-2">
          <PersonName name={person.name} className="truncate" />
          {person.organisation && (
            <span className="min-w-0 flex-1 truncate text-small text-ink-3">
              <bdi>{person.organisation}</bdi>
            </span>
          )}
        </span>
        <span className="block truncate text-small text-ink-2">
          {aside.map((detail, index) => (
            <span key={index} className="min-[1088px]:hidden">
              <bdi>{detail}</bdi>
              {(index < aside.length - 1 || details.length > 0) && <span aria-hidden> · </span>}
            </span>
          ))}
          {details.map((detail, index) => (
            <span key={index}>
              {index > 0 && <span aria-hidden> · </span>}
              <bdi>{detail}</bdi>
            </span>
          ))}
        </span>
      </span>
      {person.do_not_call && (
        <PhoneOff
          role="img"
          aria-label={t('people.doNotCall')}
          size={15}
          strokeWidth={1.6}
          className="text-ink-3"
        />
      )}
      <span className={cx(columns.standing, 'text-small text-ink-2')}>
        {t(`standing.${person.standing}`)}
      </span>
      <span className={cx(columns.place, 'text-small text-ink-2')}>
        <bdi className="truncate">{person.place}</bdi>
      </span>
      <span className={cx(columns.touch, 'tnum text-end text-small')}>
        {person.waiting_since_ms !== null ? (
          <span className="font-semibold text-ink">
            {t('people.waits', { duration: format.duration(format.nowMs - person.waiting_since_ms) })}
          </span>
        ) : (
          <span className="text-ink-3">
            {person.last_touch_ms === null
              ? t('people.neverTouched')
              : t('people.touched', { day: format.ago(person.last_touch_ms) })}
          </span>
        )}
      </span>
      <span className={cx(columns.keeper, 'flex justify-center')}>
        {person.keeper && (
          <Avatar name={person.keeper.name} label={t('people.keptBy', { name: person.keeper.name })} />
        )}
      </span>
    </button>
  );
});
