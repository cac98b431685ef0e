// What a step is made of, each as fields.
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Base, Condition, DateOf, ReachKind, Step, Who } from '../ipc/bindings';
import { Button, IconButton } from '../shared/Button';
import { ToggleChip } from '../shared/Chip';
import { Field, Select } from '../shared/Field';
import { useVolunteers } from '../team/queries';
import { standings } from './RulesPane';

export function NumberField({
  label,
  hideLabel = false,
  value,
  most,
  onChange,
}: {
  label: string;
  hideLabel?: boolean;
  value: number;
  most: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field
      label={label}
      hideLabel={hideLabel}
      inputMode="numeric"
      dir="ltr"
      className="tnum w-18"
      value={String(value)}
      onChange={(typed) => onChange(Math.min(most, Number(typed.replace(/\D/gu, '') || 0)))}
    />
  );
}

const bases: Base[] = ['joining', 'previous', 'before_date', 'after_date'];
const units = ['days', 'hours'] as const;

/** When a step is to be done, as one says it: three, business days, after the step before. */
export function WhenFields({
  value,
  dateOf,
  onChange,
}: {
  value: Step['when'];
  dateOf: DateOf | null;
  onChange: (when: Step['when']) => void;
}) {
  const { t } = useTranslation();
  const { base, wait } = value;
  const date = t(`plans.date.${dateOf ?? 'none'}`);
  return (
    <div role="group" aria-label={t('plans.part.when')} className="flex flex-wrap items-end gap-2">
      <NumberField
        label={t('plans.part.when')}
        value={wait.count}
        most={2000}
        onChange={(count) => onChange({ base, wait: { ...wait, count } })}
      />
      <Select
        label={t('plans.edit.unit')}
        hideLabel
        className="w-40"
        value={wait.unit}
        onChange={(unit) => onChange({ base, wait: { unit, count: wait.count } })}
        options={units.map((unit) => ({
          value: unit,
          label: t(`plans.edit.units.${unit}`, { count: wait.count }),
        }))}
      />
      <Select
        label={t('plans.edit.base')}
        hideLabel
        className="min-w-56 flex-1"
        value={base}
        onChange={(next) => onChange({ base: next, wait })}
        options={bases
          .filter((each) => dateOf || each === base || each === 'joining' || each === 'previous')
          .map((each) => ({ value: each, label: t(`plans.edit.bases.${each}`, { date }) }))}
      />
    </div>
  );
}

const wordOf = (who: Who) => (who.by === 'keeper' ? 'keeper' : `${who.by}:${who.which}`);

export function WhoField({ value, onChange }: { value: Who; onChange: (who: Who) => void }) {
  const { t } = useTranslation();
  const { data: volunteers = [] } = useVolunteers();
  const options: { value: string; label: string; who: Who }[] = [
    { value: 'keeper', label: t('plans.who.keeper'), who: { by: 'keeper' } },
    ...(['director', 'volunteer'] as const).map((which) => ({
      value: `role:${which}`,
      label: t(`plans.who.role.${which}`),
      who: { by: 'role', which } as const,
    })),
    ...volunteers
      .filter((each) => !each.left || (value.by === 'volunteer' && value.which === each.id))
      .map((each) => ({
        value: `volunteer:${each.id}`,
        label: each.name,
        who: { by: 'volunteer', which: each.id } as const,
      })),
  ];
  return (
    <Select
      label={t('plans.part.who')}
      value={wordOf(value)}
      onChange={(word) => {
        const chosen = options.find((option) => option.value === word);
        if (chosen) onChange(chosen.who);
      }}
      options={options}
    />
  );
}

const facts: Condition['fact'][] = [
  'spoken_within',
  'touched_within',
  'standing',
  'tag',
  'refuses',
  'opted_out',
];
const blank = (fact: Condition['fact']): Condition => {
  switch (fact) {
    case 'tag':
      return { fact, name: '' };
    case 'standing':
      return { fact, any_of: ['member'] };
    case 'refuses':
      return { fact, channel: 'phone' };
    case 'opted_out':
      return { fact };
    default:
      return { fact, days: 14 };
  }
};
const reachKinds: ReachKind[] = ['phone', 'email', 'post'];

/** Any of these. */
export function ConditionFields({
  label,
  conditions,
  onChange,
}: {
  label: string;
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, condition: Condition) => onChange(conditions.with(at, condition));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">{label}</legend>
      {conditions.map((condition, at) => (
        <div
          key={at}
          role="group"
          aria-label={t('plans.edit.condition', { number: at + 1 })}
          className="flex flex-wrap items-center gap-2"
        >
          <Select
            label={t('plans.edit.fact')}
            hideLabel
            className="w-72 max-w-full"
            value={condition.fact}
            onChange={(fact) => fact !== condition.fact && change(at, blank(fact))}
            options={facts.map((fact) => ({ value: fact, label: t(`plans.edit.facts.${fact}`) }))}
          />
          <Rest condition={condition} onChange={(next) => change(at, next)} />
          <IconButton
            icon={X}
            label={t('plans.edit.removeCondition', { number: at + 1 })}
            onPress={() => onChange(conditions.toSpliced(at, 1))}
            className="ms-auto"
          />
        </div>
      ))}
      <Button
        look="quiet"
        size="small"
        icon={Plus}
        className="-ms-2.5 self-start"
        onPress={() => onChange([...conditions, blank('spoken_within')])}
      >
        {t('plans.edit.addCondition')}
      </Button>
    </fieldset>
  );
}

function Rest({ condition, onChange }: { condition: Condition; onChange: (condition: Condition) => void }) {
  const { t } = useTranslation();
  switch (condition.fact) {
    case 'tag':
      return (
        <Field
          label={t('plans.rules.whichTag')}
          hideLabel
          placeholder={t('plans.rules.whichTag')}
          className="min-w-40 flex-1"
          value={condition.name}
          onChange={(name) => onChange({ ...condition, name })}
        />
      );
    case 'standing':
      return (
        <div
          role="group"
          aria-label={t('plans.rules.whichStanding')}
          className="flex flex-1 flex-wrap gap-1.5"
        >
          {standings.map((standing) => (
            <ToggleChip
              key={standing}
              isOn={condition.any_of.includes(standing)}
              onChange={(isOn) =>
                onChange({
                  ...condition,
                  any_of: standings.filter((each) =>
                    each === standing ? isOn : condition.any_of.includes(each),
                  ),
                })
              }
            >
              {t(`standing.${standing}`)}
            </ToggleChip>
          ))}
        </div>
      );
    case 'refuses':
      return (
        <Select
          label={t('plans.edit.toWhat')}
          hideLabel
          className="w-40"
          value={condition.channel}
          onChange={(channel) => onChange({ ...condition, channel })}
          options={reachKinds.map((value) => ({ value, label: t(`reachKind.${value}`) }))}
        />
      );
    case 'spoken_within':
    case 'touched_within':
      return (
        <span className="flex items-center gap-2">
          <NumberField
            label={t('plans.edit.days')}
            hideLabel
            value={condition.days}
            most={3650}
            onChange={(days) => onChange({ ...condition, days })}
          />
          <span aria-hidden className="text-ink-2">
            {t('plans.edit.daysUnit', { count: condition.days })}
          </span>
        </span>
      );
    case 'opted_out':
      return null;
  }
}
