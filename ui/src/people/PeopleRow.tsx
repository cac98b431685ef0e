import { PhoneOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { Avatar, PersonName } from '../shared/People';
import { useFormat } from '../shared/time';

/** One of a great many: the name, who they are to us, and how long they wait. Always of one height. */
export const PeopleRow = memo(function PeopleRow({
  person,
  isSelected,
  onSelect,
  onOpen,
}: {
  person: PersonRow;
  isSelected: boolean;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const details = [
    t(`standing.${person.standing}`),
    person.place,
    person.phone_ending && t('people.phoneEnding', { ending: person.phone_ending }),
    person.email,
  ].filter(Boolean);
  return (
    <button
      type="button"
      data-row={person.id}
      aria-current={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      onFocus={() => onSelect(person.id)}
      onClick={() => onOpen(person.id)}
      className={cx(
        'relative flex h-16 w-full items-center gap-4 border-b border-line px-7 text-start -outline-offset-2',
        isSelected ? 'bg-selected' : 'hover:bg-sunken/60',
      )}
    >
      {isSelected && <span aria-hidden className="absolute inset-y-0 start-0 w-[3px] bg-green" />}
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
      <span className="tnum w-32 shrink-0 text-end text-small">
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
      {person.keeper ? (
        <Avatar name={person.keeper.name} label={t('people.keptBy', { name: person.keeper.name })} />
      ) : (
        <span className="w-6 shrink-0" />
      )}
    </button>
  );
});
