import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Checkbox } from '../shared/Field';
import { showFile } from '../shared/files';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { showDone } from '../shared/Toast';
import { Section } from '../team/Section';
import { useSaving } from '../team/settings';

export const useMyCalendar = () =>
  useQuery({ queryKey: ['myCalendar'], queryFn: () => run(commands.myCalendar()) });

/** One's own promises in the calendar of this computer: kept up to date in a file, or written once. */
export function CalendarSettings() {
  const { t } = useTranslation();
  const saving = useSaving();
  const { data: mine, error, refetch } = useMyCalendar();
  const [wished, setWished] = useState<boolean | null>(null);
  const kept = mine?.file ?? null;
  const names = wished ?? kept?.names ?? false;
  const choose = () => run(commands.chooseExportFile(t('exchange.calendar.fileName')));
  const keep = () =>
    void saving.save(async () => {
      const path = await choose();
      if (path === null) return;
      await run(commands.keepCalendar(path, names));
      showDone(t('exchange.calendar.kept'));
    });
  const once = () =>
    void saving.save(async () => {
      const path = await choose();
      if (path === null) return;
      const written = await run(commands.writeCalendar(path, names));
      showDone(t('exchange.calendar.written'), {
        label: t('exchange.calendar.show'),
        run: () => showFile(written),
      });
    });
  const stop = () =>
    void saving.save(async () => {
      await run(commands.keepCalendar(null, false));
      showDone(t('exchange.calendar.stopped'));
    });
  const setNames = (isOn: boolean) => {
    setWished(isOn);
    if (kept) void saving.save(() => run(commands.keepCalendar(kept.path, isOn)));
  };
  return (
    <Section title={t('exchange.calendar.title')} sentence={t('exchange.calendar.sentence')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : mine === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <>
          {mine.fault !== null && (
            <Notice>
              <span role="alert">{mine.fault}</span>
            </Notice>
          )}
          <Checkbox
            isSelected={names}
            isDisabled={saving.isSaving}
            onChange={setNames}
            description={t('exchange.calendar.namesHint')}
          >
            {t('exchange.calendar.names')}
          </Checkbox>
          {kept && (
            <p>
              {t('exchange.calendar.keptAt')}
              <span dir="ltr" className="block text-small [overflow-wrap:anywhere] text-ink-3 select-text">
                {kept.path}
              </span>
            </p>
          )}
          {saving.error && (
            <Notice>
              <span role="alert">{saving.error}</span>
            </Notice>
          )}
          <div className="flex flex-wrap gap-2.5">
            <Button look={kept ? 'secondary' : 'primary'} isDisabled={saving.isSaving} onPress={keep}>
              {t(kept ? 'exchange.calendar.elsewhere' : 'exchange.calendar.keep')}
            </Button>
            <Button isDisabled={saving.isSaving} onPress={once}>
              {t('exchange.calendar.once')}
            </Button>
            {kept && (
              <Button look="quiet" isDisabled={saving.isSaving} onPress={stop}>
                {t('exchange.calendar.stop')}
              </Button>
            )}
          </div>
        </>
      )}
    </Section>
  );
}
