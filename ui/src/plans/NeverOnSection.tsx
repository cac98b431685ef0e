import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { SectionLabel } from '../shared/Layout';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';
import { useNeverOn } from './queries';
import { WeekdayChips } from './WeekdayChips';

/** The weekdays on which no plan comes to somebody. */
export function NeverOnSection({ person }: { person: string }) {
  const { t } = useTranslation();
  const { data, refetch } = useNeverOn(person);
  // What was pressed shows at once; the book is asked again when it has answered.
  const [pressed, setPressed] = useState<number | null>(null);
  if (data === undefined) return null;
  const change = async (days: number) => {
    setPressed(days);
    try {
      await run(commands.setNeverOn(person, days));
      await refetch();
    } catch (reason) {
      showError(errorMessage(reason));
    } finally {
      setPressed(null);
    }
  };
  return (
    <section>
      <SectionLabel className="mb-2">{t('plans.neverOn.title')}</SectionLabel>
      <WeekdayChips
        label={t('plans.neverOn.title')}
        days={pressed ?? data}
        onChange={(days) => void change(days)}
      />
      <p className="mt-1.5 text-small text-ink-3">{t('plans.neverOn.hint')}</p>
    </section>
  );
}
