import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type RetryRuleRow, type Standards } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { SectionLabel } from '../shared/Layout';
import { showDone } from '../shared/Toast';
import { Section, SettingsForm } from './Section';
import { useSaving } from './settings';
import { TargetField } from './TargetField';

/** How soon we answer, by the way that the question came. */
export function TargetSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const [targets, setTargets] = useState(standards.targets);
  return (
    <Section title={t('team.targets.title')} sentence={t('team.targets.sentence')}>
      <SettingsForm
        isDirty={JSON.stringify(targets) !== JSON.stringify(standards.targets)}
        isValid={targets.every(({ target }) => target.count > 0)}
        saving={saving}
        onReset={() => setTargets(standards.targets)}
        onSave={() =>
          void saving
            .save(() => run(commands.saveTargets(targets)))
            .then((isDone) => isDone && showDone(t('team.saved')))
        }
      >
        <ul>
          {targets.map(({ source, target }) => {
            const name = t(`source.${source}` as 'source.voicemail', { defaultValue: source });
            return (
              <li
                key={source}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2 last:border-b-0"
              >
                <span>{name}</span>
                <TargetField
                  label={name}
                  value={target}
                  onChange={(changed) =>
                    setTargets(
                      targets.map((each) => (each.source === source ? { source, target: changed } : each)),
                    )
                  }
                />
              </li>
            );
          })}
        </ul>
      </SettingsForm>
    </Section>
  );
}

/** After these somebody is rung again by rule, says the core. */
const retried = ['no_answer', 'busy', 'voicemail_left', 'left_with_someone'];
const mostAttempts = 6;

/** When nobody answers: when to try again, and when to stop trying. */
export function RetrySettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const [rules, setRules] = useState(standards.retry_rules);
  const results = [...new Set([...retried, ...rules.map((rule) => rule.result)])];
  const of = (result: string) =>
    rules.filter((rule) => rule.result === result).toSorted((a, b) => a.attempt - b.attempt);
  const put = (result: string, changed: RetryRuleRow[]) =>
    setRules([
      ...rules.filter((rule) => rule.result !== result),
      // The attempts are counted from one, without a gap.
      ...changed.map((rule, index) => ({ ...rule, attempt: index + 1 })),
    ]);
  const sorted = (all: RetryRuleRow[]) =>
    JSON.stringify(all.toSorted((a, b) => a.result.localeCompare(b.result) || a.attempt - b.attempt));
  return (
    <Section title={t('team.retry.title')} sentence={t('team.retry.sentence')}>
      <SettingsForm
        isDirty={sorted(rules) !== sorted(standards.retry_rules)}
        isValid={rules.every(({ target }) => target.count > 0)}
        saving={saving}
        onReset={() => setRules(standards.retry_rules)}
        onSave={() =>
          void saving
            .save(() => run(commands.saveRetryRules(rules)))
            .then((isDone) => isDone && showDone(t('team.saved')))
        }
      >
        {results.map((result) => {
          const name = t(`calls.option.reached.${result}` as 'calls.option.reached.no_answer', {
            defaultValue: t(`calls.option.what_happened.${result}` as 'calls.option.what_happened.busy', {
              defaultValue: result,
            }),
          });
          const own = of(result);
          return (
            <div key={result}>
              <SectionLabel level={3} className="mb-1">
                {name}
              </SectionLabel>
              <ul>
                {own.map((rule, index) => (
                  <li
                    key={rule.attempt}
                    className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2"
                  >
                    <span className="min-w-32 flex-1">
                      {t('team.retry.nth', { count: index + 1, ordinal: true })}
                    </span>
                    <TargetField
                      label={`${name}, ${t('team.retry.nth', { count: index + 1, ordinal: true })}`}
                      value={rule.target}
                      onChange={(target) =>
                        put(
                          result,
                          own.map((each) => (each === rule ? { ...each, target } : each)),
                        )
                      }
                    />
                    <IconButton
                      icon={X}
                      label={t('team.retry.remove', { name, n: index + 1 })}
                      onPress={() =>
                        put(
                          result,
                          own.filter((each) => each !== rule),
                        )
                      }
                    />
                  </li>
                ))}
              </ul>
              <div className="flex items-center justify-between gap-4 pt-1.5">
                <p className="text-small text-ink-3">
                  {own.length === 0 ? t('team.retry.never') : t('team.retry.after')}
                </p>
                {own.length < mostAttempts && (
                  <Button
                    look="quiet"
                    size="small"
                    onPress={() =>
                      put(result, [
                        ...own,
                        { result, attempt: 0, target: own.at(-1)?.target ?? { unit: 'days', count: 1 } },
                      ])
                    }
                  >
                    {t('team.retry.add')}
                  </Button>
                )}
              </div>
            </div>
          );
        })}
      </SettingsForm>
    </Section>
  );
}
