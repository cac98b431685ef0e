import { Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../people/queries';
import { cx } from '../shared/cx';
import { inputLook } from '../shared/Field';
import { PersonName } from '../shared/People';
import { errorMessage } from '../shared/States';
import { useSettled } from '../shared/useSettled';

const leastLetters = 2;
const shown = 8;

export interface Named {
  id: string;
  name: string;
}

/** People one by one, by name. */
export function PeopleField({ people, onChange }: { people: Named[]; onChange: (people: Named[]) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 80);
  const isAsking = words.length >= leastLetters;
  const { data, error, isFetching } = usePeople(
    useMemo(() => ({ words }), [words]),
    isAsking,
  );
  const found = isAsking
    ? (data?.rows ?? []).filter((row) => !people.some((each) => each.id === row.id)).slice(0, shown)
    : [];
  return (
    <div className="flex flex-col gap-2">
      <ComboBox
        items={found}
        inputValue={typed}
        onInputChange={setTyped}
        selectedKey={null}
        onSelectionChange={(key) => {
          const person = found.find((each) => each.id === key);
          if (!person) return;
          onChange([...people, { id: person.id, name: person.name }]);
          setTyped('');
        }}
        allowsEmptyCollection
        allowsCustomValue
        defaultFilter={() => true}
        className="relative flex flex-col gap-1.5"
      >
        <Label className="text-small font-medium">{t('plans.enter.people')}</Label>
        <span className="relative">
          <Search
            aria-hidden
            size={16}
            strokeWidth={1.75}
            className="pointer-events-none absolute start-3 top-[11px] text-ink-3"
          />
          <Input
            dir="auto"
            placeholder={t('people.searchPlaceholder')}
            className={cx(inputLook, 'h-[38px] ps-9')}
          />
        </span>
        <Popover
          className={cx(
            'max-h-80 w-(--trigger-width) overflow-auto rounded-box border border-line bg-surface p-1 shadow-raised rise',
            // Nobody is said to be missing before the book has answered.
            (!isAsking || (found.length === 0 && isFetching)) && 'hidden',
          )}
        >
          <ListBox
            className="outline-none"
            renderEmptyState={() => (
              <p className="px-3 py-4 text-center text-ink-2">
                {error ? errorMessage(error) : t('plans.enter.nobodyFound', { words })}
              </p>
            )}
          >
            {(person: (typeof found)[number]) => (
              <ListBoxItem
                id={person.id}
                textValue={person.name}
                className="flex cursor-default items-baseline gap-2.5 rounded-control px-2.5 py-1.5 outline-none data-focused:bg-sunken"
              >
                <PersonName name={person.name} size="inline" className="min-w-0 truncate" />
                <bdi className="ms-auto max-w-[50%] truncate text-small text-ink-3">
                  {person.organisation}
                </bdi>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {people.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {people.map((person) => (
            <li
              key={person.id}
              className="inline-flex h-8 max-w-full items-center gap-1 rounded-full border border-line bg-surface ps-3 pe-1"
            >
              <PersonName name={person.name} size="inline" className="min-w-0 truncate" />
              <button
                type="button"
                aria-label={t('plans.enter.without', { name: person.name })}
                onClick={() => onChange(people.filter((each) => each.id !== person.id))}
                className="flex size-6 shrink-0 items-center justify-center rounded-full text-ink-3 hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
