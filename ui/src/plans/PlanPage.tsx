import { Archive, ArchiveRestore, ArrowLeft, Copy, Ellipsis, Pencil, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { commands, type PlanDetail } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { useKeys } from '../shared/keys';
import { Menu } from '../shared/Menu';
import { navigate } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { panelProps, TabList } from '../shared/Tabs';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useIsDirector } from '../team/settings';
import { EnterDialog } from './EnterDialog';
import { PeopleInPlan } from './PeopleInPlan';
import { usePlan } from './queries';
import { RulesPane } from './RulesPane';
import { StepColumn } from './StepColumn';
import { VersionsPane } from './VersionsPane';
import { usePlanWords } from './words';

const views = ['steps', 'people', 'rules', 'versions'] as const;
type View = (typeof views)[number];

/** One plan: what is done when, who is in it, who enters by themselves, and how it came to be so. */
export function PlanPage({ id, view }: { id: string; view: string | undefined }) {
  const { t } = useTranslation();
  const { data: plan, error, refetch } = usePlan(id);
  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={() => navigate({ name: 'plans' })}>{t('plans.toList')}</Button>
      </ErrorState>
    );
  }
  if (!plan) return <Skeleton rows={6} className="p-8" />;
  return <Opened plan={plan} view={views.find((each) => each === view) ?? 'steps'} />;
}

function Opened({ plan, view }: { plan: PlanDetail; view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canChange = useIsDirector();
  const { doUndoable } = useUndo();
  const [isEntering, setEntering] = useState(false);
  const { row, versions, rules } = plan;
  const newest = versions[0]!;
  const there = row.running + row.held;
  const edit = () => navigate({ name: 'plans', plan: row.id, view: 'edit' });
  const toList = () => navigate({ name: 'plans' });
  useKeys([
    { keys: 'a', label: 'plans.key.enter', enabled: !row.retired, run: () => setEntering(true) },
    { keys: 'e', label: 'plans.key.edit', enabled: canChange, run: edit },
    { keys: 'Escape', label: 'keys.back', run: toList },
  ]);
  const retire = (retired: boolean) =>
    void doUndoable(
      run(commands.retirePlan(row.id, retired)),
      t(retired ? 'plans.retired.done' : 'plans.retired.broughtBack', { name: row.name }),
    );
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[56rem] px-6 py-5 mid:px-8">
        <Button look="quiet" size="small" icon={ArrowLeft} className="-ms-2.5 mb-2" onPress={toList}>
          {t('plans.title')}
        </Button>
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-80 [overflow-wrap:anywhere]">
            <h1 tabIndex={-1} className="text-title font-semibold tracking-[-0.012em] select-text">
              <bdi>{row.name}</bdi>
            </h1>
            {newest.template.purpose && (
              <p dir="auto" className="text-ink-2 select-text">
                {newest.template.purpose}
              </p>
            )}
          </div>
          <div className="flex flex-wrap items-center gap-2.5">
            {canChange && (
              <Button icon={Pencil} keyHint="e" onPress={edit}>
                {t('plans.edit.open')}
              </Button>
            )}
            <Button
              look="primary"
              icon={UserPlus}
              keyHint="a"
              isDisabled={row.retired}
              onPress={() => setEntering(true)}
            >
              {t('plans.enter.open')}
            </Button>
            {canChange && (
              <Menu
                label={t('plans.menu')}
                trigger={<IconButton icon={Ellipsis} label={t('plans.menu')} />}
                entries={[
                  {
                    id: 'copy',
                    label: t('plans.copy'),
                    icon: Copy,
                    onAction: () => navigate({ name: 'plans', plan: 'new', view: row.id }),
                  },
                  row.retired
                    ? {
                        id: 'bring-back',
                        label: t('plans.retired.bringBack'),
                        icon: ArchiveRestore,
                        onAction: () => retire(false),
                      }
                    : {
                        id: 'retire',
                        label: t('plans.retired.retire'),
                        description: t('plans.retired.hint'),
                        icon: Archive,
                        onAction: () => retire(true),
                      },
                ]}
              />
            )}
          </div>
        </header>
        {row.retired && (
          <Notice className="mt-4">
            <strong>{t('plans.retired.is')}</strong> {t('plans.retired.hint')}
          </Notice>
        )}
        <div className="mt-4 mb-5 -ms-2.5 border-b border-line">
          <TabList
            group="plan"
            label={row.name}
            selected={view}
            onSelect={(next) =>
              navigate(
                { name: 'plans', plan: row.id, view: next === 'steps' ? undefined : next },
                { replace: true },
              )
            }
            tabs={[
              {
                name: 'steps',
                label: t('plans.tab.steps'),
                count: format.count(newest.template.steps.length),
              },
              { name: 'people', label: t('plans.tab.people'), count: format.count(there) },
              { name: 'rules', label: t('plans.tab.rules'), count: format.count(rules.length) },
              { name: 'versions', label: t('plans.tab.versions'), count: format.count(versions.length) },
            ]}
          />
        </div>
        <div {...panelProps('plan', view)}>
          {view === 'steps' && <Steps plan={plan} />}
          {view === 'people' && <PeopleInPlan id={row.id} />}
          {view === 'rules' && <RulesPane plan={row.id} rules={rules} canChange={canChange} />}
          {view === 'versions' && <VersionsPane plan={plan} canChange={canChange} />}
        </div>
      </div>
      {isEntering && <EnterDialog plan={row.id} onClose={() => setEntering(false)} />}
    </div>
  );
}

function Steps({ plan }: { plan: PlanDetail }) {
  const { t } = useTranslation();
  const words = usePlanWords();
  const { template } = plan.versions[0]!;
  return (
    <>
      <div className="mb-6 flex max-w-[42rem] flex-col gap-1 text-ink-2 [overflow-wrap:anywhere]">
        {template.for_whom && (
          <p dir="auto" className="select-text">
            {template.for_whom}
          </p>
        )}
        {template.leave_when.length > 0 && (
          <p className="text-small text-ink-3">
            {t('plans.leaveWhen', { when: words.anyOf(template.leave_when) })}
          </p>
        )}
      </div>
      <StepColumn template={template} />
    </>
  );
}
