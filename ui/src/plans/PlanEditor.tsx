import { ArrowLeft, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type DateOf, type Step, type Template } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { ConfirmDialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { navigate } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useSettled } from '../shared/useSettled';
import { useUndo } from '../shared/useUndo';
import { useIsDirector, useSaving } from '../team/settings';
import {
  begun,
  blankPlan,
  blankStep,
  discardDraft,
  draftOf,
  flushDraft,
  isChanged,
  keepDraft,
  useDraft,
  useWrong,
  type Draft,
} from './draft';
import { ConditionFields } from './fields';
import { usePlan } from './queries';
import { StepEditor } from './StepEditor';

const dates: DateOf[] = ['event', 'renewal', 'anniversary'];

/** A plan to be changed, or a new one: from nothing, or from another. What is saved is a new version. */
export function PlanEditor({ plan, from }: { plan: string | null; from: string | null }) {
  const { t } = useTranslation();
  const canChange = useIsDirector();
  const source = plan ?? from;
  const { data, error, refetch } = usePlan(source);
  // What it begins as must not change under whoever writes it.
  const [first, setFirst] = useState<Draft | null>(null);
  const id = plan ?? `new:${from ?? ''}`;
  const { data: kept, error: keptError } = useDraft(id, canChange);
  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={() => navigate({ name: 'plans' })}>{t('plans.toList')}</Button>
      </ErrorState>
    );
  }
  if (!canChange) {
    return (
      <div className="p-8">
        <Notice
          action={
            <Button size="small" onPress={() => navigate({ name: 'plans', plan: plan ?? undefined })}>
              {t('plans.toList')}
            </Button>
          }
        >
          {t('plans.readOnly')}
        </Notice>
      </div>
    );
  }
  if ((source && !data) || (kept === undefined && !keptError)) return <Skeleton rows={6} className="p-8" />;
  if (!first) {
    const template = data?.versions[0]?.template;
    const copied =
      template && !plan ? { ...template, name: t('plans.copyOf', { name: template.name }) } : template;
    setFirst(draftOf(id) ?? kept ?? begun(copied ?? blankPlan()));
    return null;
  }
  return (
    <Editor key={id} id={id} plan={plan} first={first} people={plan ? (data?.versions[0]?.people ?? 0) : 0} />
  );
}

function Editor({
  id,
  plan,
  first,
  people,
}: {
  id: string;
  plan: string | null;
  first: Draft;
  people: number;
}) {
  const { t } = useTranslation();
  const { showUndoable } = useUndo();
  const saving = useSaving();
  const [draft, setDraft] = useState(first);
  const [opened, setOpened] = useState<string | null>(plan ? null : (first.template.steps[0]?.key ?? null));
  const [isTried, setTried] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const nameField = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const newTitle = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const [added, setAdded] = useState<string | null>(null);
  const { template } = draft;
  const settled = useSettled(template, 200);
  const { data: wrong } = useWrong(settled);
  const changed = isChanged(draft);

  useEffect(() => {
    if (isChanged(draft)) keepDraft(id, draft);
    else if (draftOf(id)) discardDraft(id);
  }, [id, draft]);
  useEffect(() => () => flushDraft(id), [id]);
  useEffect(() => {
    if (!plan) nameField.current?.focus();
  }, [plan]);
  useEffect(() => {
    if (added) newTitle.current?.focus();
  }, [added]);

  const change = (part: Partial<Template>) => {
    saving.clear();
    setDraft((before) => ({ ...before, template: { ...before.template, ...part } }));
  };
  const steps = template.steps;
  const dateOf = template.date_of ?? null;
  const move = (at: number, by: -1 | 1) => {
    const to = at + by;
    if (to < 0 || to >= steps.length) return;
    change({ steps: steps.toSpliced(at, 1).toSpliced(to, 0, steps[at]!) });
    // A step that is put elsewhere on the page loses the keyboard.
    const held = document.activeElement;
    requestAnimationFrame(() => held instanceof HTMLElement && held.focus());
  };
  const add = () => {
    const step: Step = blankStep(steps.length === 0);
    change({ steps: [...steps, step] });
    setOpened(step.key);
    setAdded(step.key);
  };
  const back = () => {
    discardDraft(id);
    navigate(plan ? { name: 'plans', plan } : { name: 'plans' });
  };
  const save = async () => {
    setTried(true);
    let saved = '';
    const isSaved = await saving.save(async () => {
      saved = await run(commands.savePlan(plan, template));
    });
    if (!isSaved) return;
    discardDraft(id);
    navigate({ name: 'plans', plan: saved });
    showUndoable(t(plan ? 'plans.edit.saved' : 'plans.edit.made', { name: template.name.trim() }));
  };
  useKeys([
    { keys: 'mod+s', label: 'plans.key.save', whileTyping: true, enabled: changed, run: () => void save() },
    { keys: 'Escape', label: 'keys.back', run: () => (changed ? setLeaving(true) : back()) },
  ]);

  // Nobody is told of what they have not come to yet: until they try to save, only of a step that they left.
  const shownWrong = useMemo(
    () => (wrong && (isTried || (wrong.at !== null && steps[wrong.at]?.title)) ? wrong : null),
    [wrong, isTried, steps],
  );
  const ofPlan = shownWrong?.at === null ? shownWrong.message : null;
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[48rem] px-6 py-5 mid:px-8">
          <Button
            look="quiet"
            size="small"
            icon={ArrowLeft}
            className="-ms-2.5 mb-2"
            onPress={() => (changed ? setLeaving(true) : back())}
          >
            {t('common.back')}
          </Button>
          <h1 tabIndex={-1} className="text-title font-semibold tracking-[-0.012em]">
            {plan ? t('plans.edit.title') : t('plans.edit.newTitle')}
          </h1>
          {plan && people > 0 && <p className="text-ink-2">{t('plans.edit.goOn', { count: people })}</p>}
          <div className="mt-5 flex flex-col gap-4">
            <Field
              label={t('plans.edit.name')}
              inputRef={nameField}
              value={template.name}
              onChange={(name) => change({ name })}
              error={ofPlan}
            />
            <Field
              label={t('plans.edit.purpose')}
              placeholder={t('plans.edit.purposeExample')}
              value={template.purpose}
              onChange={(purpose) => change({ purpose })}
            />
            <Field
              label={t('plans.edit.forWhom')}
              placeholder={t('plans.edit.forWhomExample')}
              value={template.for_whom}
              onChange={(for_whom) => change({ for_whom })}
            />
            <div className="grid gap-4 pair:grid-cols-2">
              <Select
                label={t('plans.edit.dateOf')}
                value={dateOf ?? 'none'}
                onChange={(of) => change({ date_of: of === 'none' ? null : of })}
                options={[
                  { value: 'none' as const, label: t('plans.edit.noDate') },
                  ...dates.map((value) => ({ value, label: t(`plans.edit.dates.${value}`) })),
                ]}
              />
              {dateOf && (
                <Field
                  label={t('plans.edit.dateField')}
                  description={t('plans.edit.dateFieldHint')}
                  value={template.date_field ?? ''}
                  onChange={(date_field) => change({ date_field })}
                />
              )}
            </div>
            <ConditionFields
              label={t('plans.edit.leaveWhen')}
              conditions={template.leave_when}
              onChange={(leave_when) => change({ leave_when })}
            />
          </div>
          <SectionLabel className="mt-8 mb-3">{t('plans.steps.label')}</SectionLabel>
          <ol className="flex flex-col gap-2.5">
            {steps.map((step, at) => (
              <StepEditor
                key={step.key}
                step={step}
                at={at}
                count={steps.length}
                dateOf={dateOf}
                isOpen={opened === step.key}
                wrong={shownWrong?.at === at ? shownWrong.message : null}
                titleRef={step.key === added ? newTitle : undefined}
                onToggle={() => setOpened(opened === step.key ? null : step.key)}
                onChange={(next) => change({ steps: steps.with(at, next) })}
                onMove={(by) => move(at, by)}
                onRemove={() => change({ steps: steps.toSpliced(at, 1) })}
              />
            ))}
          </ol>
          <Button icon={Plus} className="mt-3 mb-4" onPress={add}>
            {t('plans.edit.addStep')}
          </Button>
        </div>
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2.5 border-t border-line bg-surface px-6 py-3 mid:px-8">
        {saving.error && !ofPlan && shownWrong === null && (
          <p role="alert" className="me-auto min-w-0 flex-1 basis-64 text-small text-brick">
            {saving.error}
          </p>
        )}
        <Button onPress={() => (changed ? setLeaving(true) : back())}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          keyHint="mod+s"
          isDisabled={!changed || saving.isSaving}
          onPress={() => void save()}
        >
          {plan ? t('plans.edit.save') : t('plans.edit.make')}
        </Button>
      </footer>
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title={t('plans.edit.discardTitle')}
        body={t('plans.edit.discardBody')}
        confirm={t('plans.edit.discard')}
        onConfirm={back}
      />
    </div>
  );
}
