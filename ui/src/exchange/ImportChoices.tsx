import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choices, Mode } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { Checkbox, Field, Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { useFieldName } from './fieldName';

const modes: Mode[] = ['both', 'create', 'update'];

/** By what someone who is there already is known. The core takes any keys; these are the ones that people ask for. */
const ways = {
  auto: [],
  record: ['external_id'],
  email: ['email'],
  emailName: ['email+name'],
  phoneName: ['phone+name'],
  nameOrganisation: ['name+organisation'],
  namePlace: ['name+place'],
  name: ['name'],
} as const satisfies Record<string, readonly string[]>;
type Way = keyof typeof ways;
const wayNames = Object.keys(ways) as Way[];

/** What becomes of people who are there already, and what is the same for everyone. */
export function ImportChoices({
  choices,
  fields,
  canAddOptions,
  onChange,
}: {
  choices: Choices;
  fields: string[];
  /** A column goes to a field in which one of several is chosen. */
  canAddOptions: boolean;
  onChange: (change: Partial<Choices>) => void;
}) {
  const { t } = useTranslation();
  const matched = choices.match ?? [];
  const way = wayNames.find((name) => ways[name].join() === matched.join());
  return (
    <section className="flex flex-col gap-3">
      <SectionLabel>{t('exchange.choices.title')}</SectionLabel>
      <div className="grid grid-cols-2 gap-4 max-pair:grid-cols-1">
        <Select
          label={t('exchange.choices.mode')}
          value={choices.mode ?? 'both'}
          onChange={(mode) => onChange({ mode })}
          options={modes.map((mode) => ({ value: mode, label: t(`exchange.choices.modes.${mode}`) }))}
        />
        <Select
          label={t('exchange.choices.match')}
          value={way ?? 'other'}
          onChange={(chosen) => chosen !== 'other' && onChange({ match: [...ways[chosen]] })}
          options={[
            ...wayNames.map((name) => ({
              value: name as Way | 'other',
              label: t(`exchange.choices.ways.${name}`),
            })),
            ...(way ? [] : [{ value: 'other' as const, label: matched.join(', ') }]),
          ]}
        />
      </div>
      {canAddOptions && (
        <Checkbox
          isSelected={choices.add_options ?? false}
          onChange={(add_options) => onChange({ add_options })}
          description={t('exchange.choices.addOptionsHint')}
        >
          {t('exchange.choices.addOptions')}
        </Checkbox>
      )}
      <ForEveryone
        defaults={choices.defaults ?? {}}
        fields={fields}
        onChange={(defaults) => onChange({ defaults })}
      />
    </section>
  );
}

/** What the file does not say, said once for everyone in it. */
function ForEveryone({
  defaults,
  fields,
  onChange,
}: {
  defaults: Partial<Record<string, string>>;
  fields: string[];
  onChange: (defaults: Record<string, string>) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const given = Object.entries(defaults) as [string, string][];
  const free = fields.filter((field) => !(field in defaults));
  const [field, setField] = useState('source');
  const [value, setValue] = useState('');
  const wanted = free.includes(field) ? field : (free[0] ?? '');
  const add = () => {
    if (!value.trim() || !wanted) return;
    onChange({ ...Object.fromEntries(given), [wanted]: value.trim() });
    setValue('');
  };
  return (
    <div className="flex flex-col gap-2">
      <p className="text-small font-medium">{t('exchange.choices.everyone')}</p>
      {given.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {given.map(([name, said]) => (
            <li
              key={name}
              className="flex items-center gap-1.5 rounded-full border border-line bg-surface py-0.5 ps-3 pe-1"
            >
              <span className="text-ink-2">{nameOf(name)}</span>
              <bdi className="font-medium">{said}</bdi>
              <Button
                size="small"
                look="quiet"
                aria-label={t('exchange.choices.without', { field: nameOf(name) })}
                onPress={() => onChange(Object.fromEntries(given.filter(([other]) => other !== name)))}
              >
                <X aria-hidden size={14} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Select
          label={t('exchange.choices.field')}
          hideLabel
          className="w-48"
          value={wanted}
          onChange={setField}
          options={free.map((name) => ({ value: name, label: nameOf(name) }))}
        />
        <Field
          label={t('exchange.choices.value')}
          hideLabel
          className="w-56"
          placeholder={t('exchange.choices.value')}
          value={value}
          onChange={setValue}
        />
        <Button type="submit" isDisabled={!value.trim()}>
          <Plus aria-hidden size={16} /> {t('exchange.choices.add')}
        </Button>
      </form>
    </div>
  );
}
