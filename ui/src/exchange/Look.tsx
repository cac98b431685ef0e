import { FileSpreadsheet, History, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Choices } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { dotted } from '../shared/bidi';
import { useFormat } from '../shared/time';
import { Columns } from './Columns';
import { useCustomFields } from '../people/fields/queries';
import { ImportChoices } from './ImportChoices';
import { counted } from './Numbers';
import { usePreview } from './queries';
import { useLook, WhatWillHappen } from './WhatWillHappen';

/** What would be read and what would come of it: each column with what it is taken for, what becomes of people who are
 * there already, and what exactly would happen. */
export function Look({
  path,
  onOther,
  onLeave,
  onStarted,
}: {
  path: string;
  onOther: () => void;
  onLeave: () => void;
  onStarted: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  // Nothing chosen yet: as recognised, or as it was for this header before.
  const [chosen, setChosen] = useState<Choices | null>(null);
  const { data: own = [] } = useCustomFields();
  const { data: preview, error, refetch } = usePreview(path, chosen);
  const [isStarting, setStarting] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const look = useLook(path, preview && (chosen ?? preview.choices), preview?.row_count);

  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        {chosen && <Button onPress={() => setChosen({})}>{t('exchange.import.asRecognised')}</Button>}
        <Button onPress={onOther}>{t('exchange.import.other')}</Button>
      </ErrorState>
    );
  }
  if (!preview) return <Skeleton rows={6} />;
  const choices = chosen ?? preview.choices;
  const choose = (change: Partial<Choices>) => setChosen({ ...choices, ...change });
  const start = async () => {
    if (isStarting) return;
    setStarting(true);
    setFault(null);
    try {
      onStarted(await run(commands.startImport(path, choices)));
    } catch (reason) {
      setFault(errorMessage(reason));
      setStarting(false);
    }
  };
  const facts = [
    preview.layout && t('exchange.import.layout', { name: preview.layout }),
    preview.row_count !== null &&
      t('exchange.import.rows', { count: preview.row_count, n: format.count(preview.row_count) }),
    preview.what,
  ];
  const told = look.data;
  const sum =
    told &&
    dotted(
      counted
        .filter((name) => told[name] > 0)
        .map((name) =>
          t(`exchange.import.short.${name}`, { count: told[name], n: format.count(told[name]) }),
        ),
    );
  // Those of whom something becomes; until that is known, all.
  const coming = told ? told.created + told.updated : preview.row_count;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3 rounded-box border border-line bg-surface px-4 py-3">
        <FileSpreadsheet aria-hidden size={20} strokeWidth={1.5} className="shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
            {preview.file_name}
          </p>
          <p className="text-small text-ink-3">{dotted(facts)}</p>
        </div>
        {preview.sheets.length > 1 && (
          <Select
            label={t('exchange.import.sheet')}
            hideLabel
            className="w-44"
            value={preview.sheet ?? ''}
            // Another sheet has other columns.
            onChange={(sheet) => choose({ sheet, columns: {} })}
            options={preview.sheets.map((name) => ({ value: name, label: name }))}
          />
        )}
        <Button size="small" onPress={onOther}>
          {t('exchange.import.other')}
        </Button>
      </div>
      {preview.remembered_ms !== null && (
        <Notice
          icon={History}
          action={
            <Button size="small" onPress={() => setChosen({})}>
              {t('exchange.import.asRecognised')}
            </Button>
          }
        >
          {t('exchange.import.remembered', { day: format.day(preview.remembered_ms) })}
        </Notice>
      )}
      {preview.remarks.length > 0 && (
        <Notice icon={TriangleAlert}>
          <ul className="flex flex-col gap-1.5">
            {preview.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section>
        <SectionLabel className="mb-2">{t('exchange.import.columns')}</SectionLabel>
        <Columns
          preview={preview}
          onChange={(header, field) =>
            choose({
              columns: {
                ...Object.fromEntries(preview.columns.map((column) => [column.header, column.field])),
                [header]: field,
              },
            })
          }
        />
      </section>
      <ImportChoices
        choices={choices}
        fields={preview.fields_for_all}
        canAddOptions={preview.columns.some(({ field }) =>
          own.some((one) => one.kind === 'choice' && field === `field:${one.name}`),
        )}
        onChange={choose}
      />
      <WhatWillHappen look={look} />
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      <div className="sticky bottom-0 -mx-7 flex flex-wrap items-center justify-end gap-2.5 border-t border-line bg-paper px-7 py-3">
        <p className="tnum me-auto text-ink-2">{sum || t('exchange.import.undoable')}</p>
        <Button onPress={onLeave}>{t('common.cancel')}</Button>
        <Button look="primary" isDisabled={isStarting} onPress={() => void start()}>
          {coming
            ? t('exchange.import.startCount', { count: coming, n: format.count(coming) })
            : t('exchange.import.start')}
        </Button>
      </div>
    </div>
  );
}
