import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../ipc/bindings';
import { Button, IconButton } from '../shared/Button';
import { cx } from '../shared/cx';
import { Editable } from '../shared/Editable';
import { Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { errorMessage } from '../shared/States';
import { useFormat } from '../shared/time';

export interface FactActions {
  add: (words: string, learnedFrom: string) => Promise<unknown>;
  /** Rejects with what is wrong. */
  change: (id: string, words: string, learnedFrom: string) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
}

/** What matters to this person, when we learned it and from whom. */
export function FactSection({ facts, actions }: { facts: Fact[]; actions: FactActions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAdding, setAdding] = useState(false);
  return (
    <section>
      <SectionLabel add={{ label: t('person.addFact'), onPress: () => setAdding(true) }}>
        {t('brief.matters')}
      </SectionLabel>
      {facts.length === 0 && !isAdding && <p className="text-ink-2">{t('brief.noFacts')}</p>}
      <ul className="flex flex-col gap-1">
        {facts.map((fact) => (
          <li key={fact.id} className="group/fact flex gap-2.5">
            <Check aria-hidden size={15} strokeWidth={1.6} className="mt-0.75 shrink-0 text-ink-3" />
            <div className="min-w-0 flex-1">
              <Editable
                label={t('person.fact')}
                value={fact.words}
                rows={3}
                onSave={(words) => actions.change(fact.id, words, fact.learned_from)}
              />
              <div className="flex flex-wrap items-baseline gap-x-1.5 text-small text-ink-3">
                <span>{format.day(fact.learned_ms)}</span>
                <span
                  className={cx(
                    'flex min-w-0 items-baseline gap-x-1.5',
                    !fact.learned_from &&
                      'opacity-0 transition-opacity duration-120 group-focus-within/fact:opacity-100 group-hover/fact:opacity-100',
                  )}
                >
                  <span aria-hidden>·</span>
                  <Editable
                    label={t('person.learnedFrom')}
                    value={fact.learned_from}
                    placeholder={t('person.learnedFromMissing')}
                    className="leading-6"
                    onSave={(from) => actions.change(fact.id, fact.words, from)}
                  />
                </span>
              </div>
            </div>
            <IconButton
              icon={X}
              label={t('person.removeFact', { words: fact.words })}
              onPress={() => void actions.remove(fact.id)}
              className="-mt-1.5 -me-2 opacity-0 group-focus-within/fact:opacity-100 group-hover/fact:opacity-100"
            />
          </li>
        ))}
      </ul>
      {isAdding && <AddFact onClose={() => setAdding(false)} onAdd={actions.add} />}
    </section>
  );
}

function AddFact({ onClose, onAdd }: { onClose: () => void; onAdd: FactActions['add'] }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [from, setFrom] = useState('');
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      className="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(words.trim(), from.trim()).then(onClose, (reason) => setError(errorMessage(reason)));
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Field
        label={t('person.fact')}
        hideLabel
        autoFocus
        value={words}
        onChange={setWords}
        placeholder={t('person.factPlaceholder')}
        error={error}
      />
      <Field
        label={t('person.learnedFrom')}
        value={from}
        onChange={setFrom}
        placeholder={t('person.learnedFromHint')}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" look="quiet" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button size="small" type="submit" isDisabled={!words.trim()}>
          {t('person.keepFact')}
        </Button>
      </div>
    </form>
  );
}
