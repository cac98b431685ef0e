import { useQuery } from '@tanstack/react-query';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { size, theme, useHabit } from '../app/look';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Switch } from '../shared/Field';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { Section } from './Section';
import { useSaving } from './settings';

/** What belongs to this computer rather than to the book. */
export function ComputerSettings() {
  const { t } = useTranslation();
  const [themeNow, sizeNow] = [useHabit(theme), useHabit(size)];
  const saving = useSaving();
  const {
    data: desktop,
    error,
    refetch,
  } = useQuery({ queryKey: ['desktopSettings'], queryFn: () => run(commands.desktopSettings()) });
  return (
    <Section title={t('team.computer.title')} sentence={t('team.computer.sentence')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !desktop ? (
        <Skeleton rows={1} />
      ) : (
        <div className="flex flex-col gap-4">
          {(['autostart', 'timer'] as const).map((name) => (
            <div key={name}>
              <Switch
                isSelected={desktop[name]}
                isDisabled={saving.isSaving}
                onChange={(isOn) =>
                  void saving.save(() => run(commands.saveDesktopSettings({ ...desktop, [name]: isOn })))
                }
              >
                {t(`team.computer.${name}`)}
              </Switch>
              <p className="mt-1 ps-10.5 text-small text-ink-3">{t(`team.computer.${name}Hint`)}</p>
            </div>
          ))}
        </div>
      )}
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      <div className="flex flex-col gap-5 border-t border-line pt-5">
        <Choices
          label={t('team.computer.theme')}
          value={themeNow}
          choices={theme.choices}
          words={(value) => t(`team.computer.themes.${value}`)}
          onChange={theme.set}
        />
        <Choices
          label={t('team.computer.size')}
          value={sizeNow}
          choices={size.choices}
          words={(percent) => t('team.computer.sizeOf', { percent })}
          onChange={size.set}
        />
      </div>
    </Section>
  );
}

function Choices<T extends string | number>({
  label,
  value,
  choices,
  words,
  onChange,
}: {
  label: string;
  value: T;
  choices: readonly T[];
  words: (choice: T) => string;
  onChange: (choice: T) => void;
}) {
  return (
    <RadioGroup
      value={String(value)}
      onChange={(chosen) => onChange(choices.find((choice) => String(choice) === chosen)!)}
      className="flex flex-col gap-2"
    >
      <Label className="text-small font-medium">{label}</Label>
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <Radio
            key={choice}
            value={String(choice)}
            className="tnum rounded-control border border-line bg-surface px-3.5 py-2 transition-colors duration-120 data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-green data-selected:border-green data-selected:bg-green-soft data-selected:font-medium"
          >
            {words(choice)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
