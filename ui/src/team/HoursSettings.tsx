import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Standards } from '../ipc/bindings';
import { run } from '../ipc/error';
import { showDone } from '../shared/Toast';
import { openingsOf, weekOf } from './hours';
import { HoursEditor } from './HoursEditor';
import { Section, SettingsForm } from './Section';
import { useSaving } from './settings';

export function HoursSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const [week, setWeek] = useState(() => weekOf(standards.openings));
  const openings = openingsOf(week);
  const isDirty = JSON.stringify(openings) !== JSON.stringify(openingsOf(weekOf(standards.openings)));
  return (
    <Section title={t('team.hours.title')} sentence={t('team.hours.sentence')}>
      <SettingsForm
        isDirty={isDirty}
        isValid={openings !== null && openings.length > 0}
        saving={saving}
        onReset={() => setWeek(weekOf(standards.openings))}
        onSave={() =>
          openings &&
          void saving
            .save(() => run(commands.saveOpenings(openings)))
            .then((isDone) => isDone && showDone(t('team.saved')))
        }
      >
        <HoursEditor week={week} onChange={setWeek} />
        {openings?.length === 0 && (
          <p role="alert" className="text-small text-brick">
            {t('book.first.needsOneHour')}
          </p>
        )}
      </SettingsForm>
    </Section>
  );
}
