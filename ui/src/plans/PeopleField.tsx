import { X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonCombo } from '../people/PersonCombo';
import { PersonName } from '../shared/People';

export interface Named {
  id: string;
  name: string;
}

/** People one by one, by name. */
export function PeopleField({ people, onChange }: { people: Named[]; onChange: (people: Named[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col gap-2">
      <PersonCombo
        label={t('plans.enter.people')}
        placeholder={t('people.searchPlaceholder')}
        inputRef={input}
        without={people.map((each) => each.id)}
        onChoose={({ id, name }) => onChange([...people, { id, name }])}
      />
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
                onClick={() => {
                  onChange(people.filter((each) => each.id !== person.id));
                  input.current?.focus();
                }}
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
