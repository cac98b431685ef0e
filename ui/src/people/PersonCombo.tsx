import { Search } from 'lucide-react';
import { useMemo, useState, type Ref } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { inputLook } from '../shared/Field';
import { PersonName } from '../shared/People';
import { errorMessage } from '../shared/States';
import { useSettled } from '../shared/useSettled';
import { usePeople } from './queries';

const leastLetters = 2;
const shown = 8;

/** Finds somebody of the book by what is typed. Whoever is chosen is told, and it is empty again. */
export function PersonCombo({
  label,
  hideLabel = false,
  placeholder,
  autoFocus,
  inputRef,
  without = [],
  onChoose,
}: {
  label: string;
  hideLabel?: boolean;
  placeholder: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** Those who are not offered. */
  without?: string[];
  onChoose: (person: PersonRow) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 80);
  const isAsking = words.length >= leastLetters;
  const { data, error, isFetching } = usePeople(
    useMemo(() => ({ words }), [words]),
    isAsking,
  );
  const found = isAsking ? (data?.rows ?? []).filter((row) => !without.includes(row.id)).slice(0, shown) : [];
  return (
    <ComboBox
      items={found}
      inputValue={typed}
      onInputChange={setTyped}
      selectedKey={null}
      onSelectionChange={(key) => {
        const person = found.find((each) => each.id === key);
        if (!person) return;
        setTyped('');
        onChoose(person);
      }}
      allowsEmptyCollection
      allowsCustomValue
      defaultFilter={() => true}
      className="flex flex-col gap-1.5"
    >
      <Label className={hideLabel ? 'sr-only' : 'text-small font-medium'}>{label}</Label>
      <span className="relative flex items-center">
        <Search
          aria-hidden
          size={16}
          strokeWidth={1.75}
          className="pointer-events-none absolute start-3 text-ink-3"
        />
        <Input
          ref={inputRef}
          autoFocus={autoFocus}
          dir="auto"
          placeholder={placeholder}
          className={cx(inputLook, 'h-9.5 ps-9')}
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
              {error ? errorMessage(error) : t('people.nobodyFound', { words })}
            </p>
          )}
        >
          {(person: PersonRow) => (
            <ListBoxItem
              id={person.id}
              textValue={person.name}
              className="flex cursor-default items-baseline gap-2.5 rounded-control px-2.5 py-1.5 outline-none data-focused:bg-sunken"
            >
              <PersonName name={person.name} size="inline" className="min-w-0 truncate" />
              <bdi className="ms-auto max-w-[50%] truncate text-small text-ink-3">{person.organisation}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
