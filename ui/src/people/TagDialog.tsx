import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { FormDialog } from '../shared/FormDialog';
import { Field } from '../shared/Field';
import { useFormat } from '../shared/time';
import { showDone } from '../shared/Toast';
import { usePeopleChoices } from './queries';

const mostShown = 12;

/** One tag for all who were chosen: one that there is, or a new one. */
export function TagDialog({ people, onClose }: { people: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState('');
  const { data } = usePeopleChoices();
  const typed = name.trim().toLocaleLowerCase();
  const there = (data?.tags ?? []).filter(
    ({ value }) => value !== name && value.toLocaleLowerCase().includes(typed),
  );
  return (
    <FormDialog
      title={t('people.tagTitle', { count: people.length, n: format.count(people.length) })}
      submit={t('people.tagChosen')}
      size="regular"
      isReady={name.trim() !== ''}
      isDismissable={name === ''}
      onSubmit={async () => {
        const given = await run(commands.tagPeople(people, name));
        showDone(t('people.tagDone', { count: given, n: format.count(given), name: name.trim() }));
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field
            label={t('people.tagName')}
            description={t('people.tagHint')}
            autoFocus
            error={error}
            value={name}
            onChange={setName}
          />
          {there.length > 0 && (
            <div role="group" aria-label={t('people.tagThere')} className="flex flex-wrap gap-2">
              {there.slice(0, mostShown).map(({ value }) => (
                <button
                  key={value}
                  type="button"
                  onClick={() => setName(value)}
                  className="max-w-full truncate rounded-full border border-line px-3 py-1 text-small text-ink-2 hover:bg-sunken hover:text-ink"
                >
                  <bdi>{value}</bdi>
                </button>
              ))}
            </div>
          )}
        </>
      )}
    </FormDialog>
  );
}
