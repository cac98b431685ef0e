import { parseDate, type CalendarDate } from '@internationalized/date';
import { CalendarX2, X } from 'lucide-react';
import { useState } from 'react';
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands, type ImportedClosures, type Standards } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { EmptyState, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
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

export function ClosureSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const format = useFormat();
  const saving = useSaving();
  const today = format.dayKey(format.nowMs);
  const [name, setName] = useState('');
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const [imported, setImported] = useState<ImportedClosures | null>(null);

  const add = async () => {
    if (await saving.save(() => run(commands.addClosure(name.trim(), from, to < from ? from : to)))) {
      setName('');
      showDone(t('team.closures.added'));
    }
  };
  const bring = () =>
    saving.save(async () => {
      const path = await run(commands.chooseClosuresFile());
      if (path === null) return;
      setImported(await run(commands.importClosures(path)));
    });
  return (
    <Section
      title={t('team.closures.title')}
      sentence={t('team.closures.sentence')}
      action={
        <Button isDisabled={saving.isSaving} onPress={() => void bring()}>
          {t('team.closures.import')}
        </Button>
      }
    >
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {imported && (
        <Notice tone="good">
          <p>{t('team.closures.imported', { count: imported.added })}</p>
          {imported.left_out.length > 0 && (
            <details className="mt-1">
              <summary className="text-small">
                {t('team.closures.leftOut', { count: imported.left_out.length })}
              </summary>
              <ul className="mt-1 flex flex-col gap-0.5 text-small">
                {imported.left_out.map((each, index) => (
                  <li key={index} dir="auto">
                    {t('team.closures.leftOutLine', { event: each.event, why: each.why })}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      )}
      {standards.closures.length === 0 ? (
        <EmptyState icon={CalendarX2} title={t('team.closures.empty')}>
          {t('team.closures.emptySentence')}
        </EmptyState>
      ) : (
        <ul>
          {standards.closures.map((closure) => (
            <li key={closure.id} className="flex items-center gap-4 border-b border-line py-2">
              <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {closure.name || t('team.closures.unnamed')}
              </span>
              <span className="tnum shrink-0 text-ink-2">
                {closure.from_day === closure.to_day
                  ? dayText(closure.from_day)
                  : t('team.closures.span', { from: dayText(closure.from_day), to: dayText(closure.to_day) })}
              </span>
              <IconButton
                icon={X}
                label={t('team.closures.remove', { name: closure.name || dayText(closure.from_day) })}
                isDisabled={saving.isSaving}
                onPress={() => void saving.save(() => run(commands.removeClosure(closure.id)))}
              />
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex flex-col gap-3 border-t border-line pt-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void add();
        }}
      >
        <SectionLabel level={3}>{t('team.closures.add')}</SectionLabel>
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label={t('team.closures.name')}
            className="min-w-48 flex-1"
            value={name}
            onChange={setName}
            placeholder={t('team.closures.example')}
          />
          <DayField
            label={t('team.closures.from')}
            value={from}
            onChange={(day) => {
              setFrom(day);
              if (to < day) setTo(day);
            }}
          />
          <DayField label={t('team.closures.to')} value={to} onChange={setTo} />
          <Button type="submit" isDisabled={!name.trim() || saving.isSaving}>
            {t('team.closures.addDo')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const dayText = (day: string) => dayFormat.format(Date.parse(`${day}T00:00:00Z`));

/** A calendar day as `YYYY-MM-DD`. */
export function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <DateField<CalendarDate>
      value={parseDate(value)}
      onChange={(date) => date && onChange(date.toString())}
      className="flex flex-col gap-1.5"
    >
      <Label className="text-small font-medium">{label}</Label>
      <DateInput className="flex h-[38px] items-center rounded-control border border-edge bg-surface px-3 focus-within:border-green focus-within:outline-2 focus-within:outline-green/40">
        {(segment) => (
          <DateSegment
            segment={segment}
            className="tnum rounded-[3px] px-px caret-transparent outline-none data-focused:bg-green data-focused:text-on-green data-placeholder:text-ink-3"
          />
        )}
      </DateInput>
    </DateField>
  );
}
