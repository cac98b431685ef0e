import { CalendarX2, CircleCheck, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type ClosureRow, type ImportedClosures, type Standards } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { EmptyState, Notice } from '../shared/States';
import { Format, useFormat } from '../shared/time';
import { showDone } from '../shared/Toast';
import { useUndo } from '../shared/useUndo';
import { DayField } from '../shared/DateFields';
import { Section } from './Section';
import { useIsDirector, useSaving, type Saving } from './settings';

// A day of the calendar is no instant: any one zone does, as long as it is the same throughout.
const calendar = { zone: 'UTC' };
const spanFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' });
const instantOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The days of a closure; their year stands above them. */
function daysOf({ from_day, to_day }: ClosureRow): string {
  const day = instantOf(from_day);
  if (from_day === to_day) return new Format(calendar, day).longDay(day);
  return spanFormat.formatRange(instantOf(from_day), instantOf(to_day));
}

const yearOf = (closure: ClosureRow) => closure.from_day.slice(0, 4);

export function ClosureSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const isDirector = useIsDirector();
  const [imported, setImported] = useState<ImportedClosures | null>(null);
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
        isDirector && (
          <Button isDisabled={saving.isSaving} onPress={() => void bring()}>
            {t('team.closures.import')}
          </Button>
        )
      }
    >
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {imported && <Imported imported={imported} />}
      {isDirector && <AddClosure saving={saving} />}
      {standards.closures.length === 0 ? (
        <EmptyState icon={CalendarX2} title={t('team.closures.empty')}>
          {isDirector && t('team.closures.emptySentence')}
        </EmptyState>
      ) : (
        <Closures closures={standards.closures} saving={isDirector ? saving : null} />
      )}
    </Section>
  );
}

function Imported({ imported }: { imported: ImportedClosures }) {
  const { t } = useTranslation();
  return (
    <Notice tone="good" icon={CircleCheck}>
      <p role="status">{t('team.closures.imported', { count: imported.added })}</p>
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
  );
}

function AddClosure({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = format.dayKey(format.nowMs);
  const [name, setName] = useState('');
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const isBackwards = to < from;
  const canAdd = name.trim() !== '' && !isBackwards && !saving.isSaving;
  const add = async () => {
    if (await saving.save(() => run(commands.addClosure(name.trim(), from, to)))) {
      setName('');
      showDone(t('team.closures.added', { name: name.trim() }));
    }
  };
  return (
    <form
      className="flex flex-col gap-3 border-b border-line pb-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (canAdd) void add();
      }}
    >
      <SectionLabel level={3}>{t('team.closures.add')}</SectionLabel>
      <div className="flex flex-wrap items-start gap-3">
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
        {/* On the line of the fields, also where one of them has something to say beneath it. */}
        <Button type="submit" isDisabled={!canAdd} className="mt-6">
          {t('team.closures.addDo')}
        </Button>
      </div>
      {isBackwards && (
        <p role="alert" className="text-small text-brick">
          {t('team.closures.backwards')}
        </p>
      )}
    </form>
  );
}

/** What lies ahead, by year; what is past is kept, and shown to whoever asks. */
function Closures({ closures, saving }: { closures: ClosureRow[]; saving: Saving | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { undo } = useUndo();
  const [showsPast, setShowsPast] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const [next, setNext] = useState<ClosureRow | null>(null);
  const today = format.dayKey(format.nowMs);
  const past = closures.filter((each) => each.to_day < today);
  const shown = showsPast ? closures : closures.filter((each) => each.to_day >= today);
  const nameOf = (closure: ClosureRow) => closure.name || t('team.closures.unnamed');
  const remove = async (closure: ClosureRow, index: number) => {
    if (!(await saving?.save(() => run(commands.removeClosure(closure.id))))) return;
    showDone(t('team.closures.removed', { name: nameOf(closure) }), { label: t('keys.undo'), run: undo });
    setNext(shown[index + 1] ?? shown[index - 1] ?? null);
  };
  useEffect(() => {
    // The keyboard stays where it was: on the next of them.
    if (next) list.current?.querySelector<HTMLElement>(`[data-closure="${next.id}"] button`)?.focus();
  }, [next]);
  return (
    <div ref={list} className="flex flex-col gap-6">
      {past.length > 0 && (
        <Button
          look="quiet"
          size="small"
          className="-ms-2.5 self-start"
          onPress={() => setShowsPast(!showsPast)}
        >
          {showsPast ? t('team.closures.hidePast') : t('team.closures.showPast', { count: past.length })}
        </Button>
      )}
      {[...new Set(shown.map(yearOf))].map((year) => (
        <section key={year} aria-label={year}>
          <SectionLabel level={3} className="pb-1">
            <span className="tnum">{year}</span>
          </SectionLabel>
          <ul>
            {shown.map(
              (closure, index) =>
                yearOf(closure) === year && (
                  <li
                    key={closure.id}
                    data-closure={closure.id}
                    className="flex min-h-12 items-center gap-4 border-b border-line py-2 last:border-b-0"
                  >
                    <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                      {nameOf(closure)}
                    </span>
                    <span className="tnum max-w-[45%] text-end text-ink-2">{daysOf(closure)}</span>
                    {saving && (
                      <IconButton
                        icon={X}
                        label={t('team.closures.remove', { name: nameOf(closure) })}
                        isDisabled={saving.isSaving}
                        className="-me-2"
                        onPress={() => void remove(closure, index)}
                      />
                    )}
                  </li>
                ),
            )}
          </ul>
        </section>
      ))}
    </div>
  );
}
