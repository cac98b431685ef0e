import { ArrowDown, ArrowUp, ChevronDown, TriangleAlert, X } from 'lucide-react';
import { useId, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { DateOf, Purpose, Spoken, Step } from '../ipc/bindings';
import { IconButton } from '../shared/Button';
import { cx } from '../shared/cx';
import { Field, Select } from '../shared/Field';
import { ConditionFields, NumberField, WhenFields, WhoField } from './fields';
import { ChannelMark } from './StepColumn';
import { stepChannels, usePlanWords } from './words';

const written = new Set<Step['channel']>(['email', 'letter', 'invitation', 'introduction']);
const purposes: Purpose[] = [
  'general',
  'call_back',
  'late_call_back',
  'as_promised',
  'invitation',
  'after_event',
  'welcome',
  'renewal',
  'thanks',
  'hardship',
  'apology',
];
const spokens: Spoken[] = ['satisfies', 'moves', 'stands'];

/** One step, closed to a line until it is opened to be changed. */
export function StepEditor({
  step,
  at,
  count,
  dateOf,
  isOpen,
  wrong,
  titleRef,
  onToggle,
  onChange,
  onMove,
  onRemove,
}: {
  step: Step;
  at: number;
  count: number;
  dateOf: DateOf | null;
  isOpen: boolean;
  /** What the core says of it. */
  wrong: string | null;
  titleRef?: Ref<HTMLInputElement | HTMLTextAreaElement>;
  onToggle: () => void;
  onChange: (step: Step) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const words = usePlanWords();
  const panel = useId();
  const name = step.title || t('plans.edit.untitled', { number: at + 1 });
  const change = (part: Partial<Step>) => onChange({ ...step, ...part });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li
      data-step={step.key}
      onKeyDown={onKeyDown}
      className={cx('rounded-box border bg-surface', wrong ? 'border-brick' : 'border-line')}
    >
      <div className="flex items-center gap-3 py-2 ps-3 pe-2">
        <ChannelMark channel={step.channel} />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? panel : undefined}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-control py-1 text-start"
        >
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <bdi className={cx('font-semibold', !step.title && 'text-ink-3')}>{name}</bdi>
            <span className="block text-small text-ink-3 first-letter:uppercase">
              {words.when(step.when, dateOf)}
            </span>
          </span>
          <ChevronDown
            aria-hidden
            size={16}
            strokeWidth={1.75}
            className={cx('shrink-0 text-ink-3 transition-transform duration-120', isOpen && 'rotate-180')}
          />
        </button>
        <span className="flex shrink-0">
          <IconButton
            icon={ArrowUp}
            label={t('plans.edit.up', { name })}
            isDisabled={at === 0}
            onPress={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={t('plans.edit.down', { name })}
            isDisabled={at === count - 1}
            onPress={() => onMove(1)}
          />
          <IconButton
            icon={X}
            label={t('plans.edit.remove', { name })}
            isDisabled={count === 1}
            onPress={onRemove}
          />
        </span>
      </div>
      {wrong && (
        <p role="alert" className="flex items-start gap-2 px-4 pb-3 text-small text-brick">
          <TriangleAlert aria-hidden size={14} strokeWidth={1.75} className="mt-0.5 shrink-0" />
          <span dir="auto">{wrong}</span>
        </p>
      )}
      {isOpen && (
        <div id={panel} className="flex flex-col gap-4 border-t border-line px-4 pt-4 pb-5">
          <div className="grid gap-4 pair:grid-cols-[minmax(0,1fr)_13rem]">
            <Field
              label={t('plans.part.title')}
              inputRef={titleRef}
              value={step.title}
              onChange={(title) => change({ title })}
            />
            <Select
              label={t('plans.part.channel')}
              value={step.channel}
              onChange={(channel) => change({ channel })}
              options={stepChannels.map((value) => ({ value, label: words.channel(value) }))}
            />
          </div>
          <Field
            label={t('plans.part.words')}
            description={t('plans.edit.wordsHint')}
            rows={2}
            value={step.words}
            onChange={(said) => change({ words: said })}
          />
          <WhenFields value={step.when} dateOf={dateOf} onChange={(when) => change({ when })} />
          <div className="grid gap-4 pair:grid-cols-[minmax(0,1fr)_13rem]">
            <WhoField value={step.who} onChange={(who) => change({ who })} />
            <div className="flex items-end gap-2">
              <NumberField
                label={t('plans.part.within')}
                value={step.within_days ?? 0}
                most={60}
                onChange={(within_days) => change({ within_days })}
              />
              <span aria-hidden className="pb-2.5 text-small text-ink-3">
                {t('plans.edit.units.days', { count: step.within_days ?? 0 })}
              </span>
            </div>
          </div>
          <Field
            label={t('plans.part.question')}
            description={t('plans.edit.questionHint')}
            value={step.question ?? ''}
            onChange={(question) => change({ question })}
          />
          {step.channel === 'call' && (
            <div className="grid gap-4 pair:grid-cols-2">
              <Select
                label={t('plans.part.script')}
                value={step.script || 'none'}
                onChange={(script) => change({ script: script === 'none' ? '' : script })}
                options={[
                  { value: 'none', label: t('plans.edit.noScript') },
                  ...purposes.map((value) => ({
                    value: value as string,
                    label: t(`scripts.purpose.${value}`),
                  })),
                ]}
              />
            </div>
          )}
          {(step.channel === 'email' || step.subject) && (
            <Field
              label={t('plans.part.subject')}
              value={step.subject ?? ''}
              onChange={(subject) => change({ subject })}
            />
          )}
          {(written.has(step.channel) || step.text) && (
            <Field
              label={t('plans.part.text')}
              description={t('plans.edit.textHint')}
              rows={6}
              value={step.text ?? ''}
              onChange={(text) => change({ text })}
            />
          )}
          <Select
            label={t('plans.edit.spoken')}
            className="max-w-96"
            value={step.spoken ?? 'usual'}
            onChange={(spoken) => change({ spoken: spoken === 'usual' ? null : spoken })}
            options={[
              { value: 'usual' as const, label: t('plans.edit.spokens.usual') },
              ...spokens.map((value) => ({ value, label: t(`plans.edit.spokens.${value}`) })),
            ]}
          />
          <ConditionFields
            label={t('plans.part.skip')}
            conditions={step.skip_when ?? []}
            onChange={(skip_when) => change({ skip_when })}
          />
        </div>
      )}
    </li>
  );
}
