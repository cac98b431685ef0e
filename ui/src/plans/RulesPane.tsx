import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Happening, type PlanRule, type Standing } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { Field, Select } from '../shared/Field';
import { Notice } from '../shared/States';
import { useUndo } from '../shared/useUndo';
import { useSaving, type Saving } from '../team/settings';

const happenings: Happening[] = ['inquiry_answered', 'standing', 'tag'];
export const standings: Standing[] = [
  'inquirer',
  'prospect',
  'applicant',
  'member',
  'lapsed',
  'former',
  'declined',
];

/** What puts somebody into a plan without anyone's doing. */
export function RulesPane({
  plan,
  rules,
  canChange,
}: {
  plan: string;
  rules: PlanRule[];
  canChange: boolean;
}) {
  const { t } = useTranslation();
  const saving = useSaving();
  const { showUndoable } = useUndo();
  const wordsOf = (rule: PlanRule) =>
    rule.happening === 'inquiry_answered'
      ? t('plans.rules.inquiry_answered')
      : rule.happening === 'standing'
        ? t('plans.rules.standing', {
            standing: t(`standing.${rule.word as Standing}`, { defaultValue: rule.word }),
          })
        : t('plans.rules.tag', { name: rule.word });
  const remove = async (rule: PlanRule) => {
    if (await saving.save(() => run(commands.removePlanRule(rule.id))))
      showUndoable(t('plans.rules.removed'));
  };
  return (
    <div className="flex max-w-[42rem] flex-col gap-5">
      <p className="text-ink-2">{t('plans.rules.sentence')}</p>
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {rules.length === 0 ? (
        <p>{t('plans.rules.none')}</p>
      ) : (
        <ul className="border-t border-line">
          {rules.map((rule) => (
            <li key={rule.id} className="flex min-h-12 items-center gap-4 border-b border-line py-2">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{wordsOf(rule)}</span>
              {canChange && (
                <IconButton
                  icon={X}
                  label={t('plans.rules.remove', { rule: wordsOf(rule) })}
                  isDisabled={saving.isSaving}
                  onPress={() => void remove(rule)}
                  className="-me-2"
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {canChange && <AddRule plan={plan} saving={saving} />}
    </div>
  );
}

function AddRule({ plan, saving }: { plan: string; saving: Saving }) {
  const { t } = useTranslation();
  const { showUndoable } = useUndo();
  const [happening, setHappening] = useState<Happening>('inquiry_answered');
  const [standing, setStanding] = useState<Standing>('prospect');
  const [tag, setTag] = useState('');
  const word = happening === 'standing' ? standing : happening === 'tag' ? tag.trim() : '';
  const canAdd = !saving.isSaving && (happening !== 'tag' || word !== '');
  const add = async () => {
    if (!(await saving.save(() => run(commands.addPlanRule(plan, { happening, word }))))) return;
    setTag('');
    showUndoable(t('plans.rules.added'));
  };
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (canAdd) void add();
      }}
    >
      <Select
        label={t('plans.rules.happening')}
        className="min-w-64 flex-1"
        value={happening}
        onChange={setHappening}
        options={happenings.map((value) => ({ value, label: t(`plans.rules.choose.${value}`) }))}
      />
      {happening === 'standing' && (
        <Select
          label={t('plans.rules.whichStanding')}
          className="w-44"
          value={standing}
          onChange={setStanding}
          options={standings.map((value) => ({ value, label: t(`standing.${value}`) }))}
        />
      )}
      {happening === 'tag' && (
        <Field label={t('plans.rules.whichTag')} className="w-52" value={tag} onChange={setTag} />
      )}
      <Button type="submit" icon={Plus} isDisabled={!canAdd}>
        {t('plans.rules.add')}
      </Button>
    </form>
  );
}
