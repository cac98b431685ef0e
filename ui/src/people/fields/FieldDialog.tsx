import { ArrowUp, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type CustomFieldUse, type FieldKind } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { Button, IconButton } from '../../shared/Button';
import { Field, Select } from '../../shared/Field';
import { FormDialog } from '../../shared/FormDialog';
import { Notice } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { showDone } from '../../shared/Toast';
import { kindOptions } from './words';

interface Choice {
  key: number;
  id: string | null;
  name: string;
  /** How many have chosen it. */
  people: number;
}

let lastKey = 0;
const choice = (id: string | null, name: string, people = 0): Choice => ({
  key: ++lastKey,
  id,
  name,
  people,
});

/** A field as it is to be: its name, its kind, and what can be chosen. */
export function FieldDialog({ use, onClose }: { use: CustomFieldUse | null; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = use?.field ?? null;
  const [name, setName] = useState(field?.name ?? '');
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text');
  const [choices, setChoices] = useState<Choice[]>(
    field?.kind === 'choice'
      ? field.options.map((option, at) => choice(option.id, option.name, use?.chosen[at]))
      : [choice(null, '')],
  );
  const inputs = useRef(new Map<number, HTMLInputElement>());
  const [focused, setFocused] = useState<number | null>(null);
  useEffect(() => {
    if (focused !== null) inputs.current.get(focused)?.focus();
  }, [focused, choices.length]);

  const kept = new Set(choices.map((each) => each.id));
  const lost =
    kind === 'choice' && field?.kind === 'choice'
      ? field.options.reduce((sum, option, at) => sum + (kept.has(option.id) ? 0 : (use?.chosen[at] ?? 0)), 0)
      : 0;
  const addChoice = () => {
    const empty = choices.find((each) => each.name.trim() === '');
    if (empty) return setFocused(empty.key);
    const one = choice(null, '');
    setChoices([...choices, one]);
    setFocused(one.key);
  };
  const save = async () => {
    const options =
      kind === 'choice'
        ? choices.map(({ id, name }) => ({ id, name: name.trim() })).filter((each) => each.id || each.name)
        : [];
    await run<unknown>(
      field
        ? commands.changeCustomField(field.id, { name: name.trim(), kind, options })
        : commands.addCustomField({ name: name.trim(), kind, options: options.map((each) => each.name) }),
    );
    showDone(t(field ? 'fields.changed' : 'fields.added', { name: name.trim() }));
  };
  return (
    <FormDialog
      title={field ? t('fields.changeTitle', { name: field.name }) : t('fields.add')}
      submit={t('common.save')}
      isReady={name.trim() !== ''}
      isDismissable={false}
      onSubmit={save}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field
            label={t('fields.name')}
            placeholder={t('fields.nameExample')}
            value={name}
            onChange={setName}
            autoFocus
          />
          <Select label={t('fields.kindLabel')} options={kindOptions(t)} value={kind} onChange={setKind} />
          {kind === 'choice' && (
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-1.5 text-small font-medium">{t('fields.choices')}</legend>
              {choices.map((each, at) => (
                <div key={each.key} className="flex items-center gap-1">
                  <Field
                    label={t('fields.choice', { number: at + 1 })}
                    hideLabel
                    className="flex-1"
                    value={each.name}
                    inputRef={(input) => {
                      if (input) inputs.current.set(each.key, input as HTMLInputElement);
                      else inputs.current.delete(each.key);
                    }}
                    onChange={(name) =>
                      setChoices(choices.map((other) => (other === each ? { ...each, name } : other)))
                    }
                    onKeyDown={(event) => {
                      // Enter goes on to the next: a list is written without leaving the keyboard.
                      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                      event.preventDefault();
                      const next = choices[at + 1];
                      if (next) setFocused(next.key);
                      else if (each.name.trim()) addChoice();
                    }}
                    after={
                      each.people > 0 && (
                        <span className="tnum text-small text-ink-3">{format.count(each.people)}</span>
                      )
                    }
                  />
                  <IconButton
                    icon={ArrowUp}
                    label={t('fields.choiceUp', { name: each.name })}
                    isDisabled={at === 0}
                    onPress={() => setChoices(choices.toSpliced(at, 1).toSpliced(at - 1, 0, each))}
                  />
                  <IconButton
                    icon={X}
                    label={t('fields.choiceRemove', { name: each.name })}
                    isDisabled={choices.length === 1}
                    onPress={() => setChoices(choices.filter((other) => other !== each))}
                  />
                </div>
              ))}
              <Button
                look="quiet"
                size="small"
                icon={Plus}
                className="-ms-2.5 self-start"
                onPress={addChoice}
              >
                {t('fields.addChoice')}
              </Button>
            </fieldset>
          )}
          {lost > 0 && <Notice>{t('fields.choicesLost', { count: lost, n: format.count(lost) })}</Notice>}
          {error && (
            <Notice>
              <span role="alert">{error}</span>
            </Notice>
          )}
        </>
      )}
    </FormDialog>
  );
}
