import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../people/queries';
import { Button } from '../../shared/Button';
import { cx } from '../../shared/cx';
import { inputLook } from '../../shared/Field';
import { PersonName } from '../../shared/People';
import { errorMessage } from '../../shared/States';
import { useSettled } from '../../shared/useSettled';
import { setListener, useListener } from './listener';

const leastLetters = 2;
const shown = 8;

/** To whom the script is said in the preview. */
export function PersonChooser() {
  const { t } = useTranslation();
  const chosen = useListener();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 80);
  const isAsking = chosen === null && words.length >= leastLetters;
  const { data, error, isFetching } = usePeople(
    useMemo(() => ({ words }), [words]),
    isAsking,
  );
  const found = isAsking ? (data?.rows.slice(0, shown) ?? []) : [];

  if (chosen) {
    return (
      <div className="flex min-h-[38px] flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="text-ink-2">{t('scripts.preview.saidTo')}</span>
        <PersonName name={chosen.name} />
        {chosen.organisation && (
          <bdi className="min-w-0 truncate text-small text-ink-3">{chosen.organisation}</bdi>
        )}
        <Button
          size="small"
          look="quiet"
          className="ms-auto"
          onPress={() => {
            setTyped('');
            setListener(null);
          }}
        >
          {t('scripts.preview.another')}
        </Button>
      </div>
    );
  }
  return (
    <ComboBox
      items={found}
      inputValue={typed}
      onInputChange={setTyped}
      onSelectionChange={(key) => {
        const person = found.find((each) => each.id === key);
        if (person) setListener({ id: person.id, name: person.name, organisation: person.organisation });
      }}
      allowsEmptyCollection
      allowsCustomValue
      defaultFilter={() => true}
      className="relative"
    >
      <Label className="sr-only">{t('scripts.preview.person')}</Label>
      <Search
        aria-hidden
        size={16}
        strokeWidth={1.75}
        className="pointer-events-none absolute start-3 top-[11px] text-ink-3"
      />
      <Input
        dir="auto"
        placeholder={t('scripts.preview.person')}
        className={cx(inputLook, 'h-[38px] ps-9')}
      />
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
              {error ? errorMessage(error) : t('scripts.preview.nobody', { words })}
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
              <bdi className="ms-auto max-w-[50%] truncate text-small text-ink-3">{person.organisation}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
