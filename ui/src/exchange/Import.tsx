import { useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet, TriangleAlert, Upload } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type ImportLine, type ImportUndone, type Preview } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { ConfirmDialog, Dialog } from '../shared/Dialog';
import { Select } from '../shared/Field';
import { SectionLabel, ScreenHeader } from '../shared/Layout';
import { navigate } from '../shared/route';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { showDone, showError } from '../shared/Toast';
import { setImportFile, useImportFile } from './fileDrop';
import { useImportProgress, useImports, usePreview, type Mapping } from './queries';

/** A list brought in from a file: seen first, then read, then answered for row by row. */
export function Import() {
  const { t } = useTranslation();
  const path = useImportFile();
  const [started, setRunning] = useState<string | null>(null);
  const { data: lines } = useImports();
  // One that was left while it went on is shown again.
  const running = started ?? lines?.find((line) => line.state === 'running')?.import ?? null;
  const choose = async () => {
    try {
      const chosen = await run(commands.chooseImportFile());
      if (chosen !== null) setImportFile(chosen);
    } catch (reason) {
      showError(errorMessage(reason));
    }
  };
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[60rem] flex-col gap-6 px-7 pt-5.5 pb-12">
        <ScreenHeader title={t('exchange.import.title')} sentence={t('exchange.import.sentence')}>
          <Button onPress={() => navigate({ name: 'people' })}>{t('exchange.import.toPeople')}</Button>
        </ScreenHeader>
        {running ? (
          <Running
            id={running}
            onDone={() => {
              setRunning(null);
              setImportFile(null);
            }}
          />
        ) : path ? (
          <Look
            key={path}
            path={path}
            onOther={() => void choose()}
            onLeave={() => setImportFile(null)}
            onStarted={setRunning}
          />
        ) : (
          <Choose onChoose={() => void choose()} />
        )}
        {!path && !running && <Imports />}
      </div>
    </div>
  );
}

function Choose({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col items-center gap-1 rounded-box border border-dashed border-edge px-6 py-14 text-center">
      <Upload aria-hidden size={26} strokeWidth={1.4} className="mb-3 text-ink-3" />
      <p className="text-reason font-semibold">{t('exchange.import.drop')}</p>
      <p className="text-ink-2">{t('exchange.import.kinds')}</p>
      <Button look="primary" autoFocus className="mt-4" onPress={onChoose}>
        {t('exchange.import.choose')}
      </Button>
    </div>
  );
}

const fieldOf = (field: string) => field.split(':')[0]!;

/** What would be read: each column with what it is taken for, and the first rows of it. */
function Look({
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
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const { data: preview, error, refetch } = usePreview(path, mapping);
  const [isStarting, setStarting] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const start = async () => {
    if (isStarting) return;
    setStarting(true);
    setFault(null);
    try {
      onStarted(await run(commands.startImport(path, mapping)));
    } catch (reason) {
      setFault(errorMessage(reason));
      setStarting(false);
    }
  };
  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={onOther}>{t('exchange.import.other')}</Button>
      </ErrorState>
    );
  }
  if (!preview) return <Skeleton rows={6} />;
  const facts = [
    preview.row_count !== null &&
      t('exchange.import.rows', { count: preview.row_count, n: format.count(preview.row_count) }),
    preview.encoding,
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3 rounded-box border border-line bg-surface px-4 py-3">
        <FileSpreadsheet aria-hidden size={20} strokeWidth={1.5} className="shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
            {preview.file_name}
          </p>
          <p className="text-small text-ink-3">{facts.join(' · ')}</p>
        </div>
        <Button size="small" onPress={onOther}>
          {t('exchange.import.other')}
        </Button>
      </div>
      {preview.remarks.map((remark, index) => (
        <Notice key={index} icon={TriangleAlert}>
          {remark}
        </Notice>
      ))}
      <section>
        <SectionLabel className="mb-2">{t('exchange.import.columns')}</SectionLabel>
        <Columns
          preview={preview}
          onChange={(header, field) =>
            setMapping({
              ...Object.fromEntries(preview.columns.map((column) => [column.header, column.field])),
              [header]: field,
            })
          }
        />
      </section>
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      <div className="sticky bottom-0 -mx-7 flex flex-wrap items-center justify-end gap-2.5 border-t border-line bg-paper px-7 py-3">
        <p className="me-auto text-ink-2">{t('exchange.import.undoable')}</p>
        <Button onPress={onLeave}>{t('common.cancel')}</Button>
        <Button look="primary" isDisabled={isStarting} onPress={() => void start()}>
          {preview.row_count !== null
            ? t('exchange.import.startCount', {
                count: preview.row_count,
                n: format.count(preview.row_count),
              })
            : t('exchange.import.start')}
        </Button>
      </div>
    </div>
  );
}

const shownSamples = 3;

function Columns({
  preview,
  onChange,
}: {
  preview: Preview;
  onChange: (header: string, field: string) => void;
}) {
  const { t } = useTranslation();
  const nameOf = (field: string): string => {
    const [word, label] = field.split(':');
    const name = t(`exchange.field.${word}` as 'exchange.field.name', {
      defaultValue: word!.replaceAll('_', ' '),
    });
    return label ? t('exchange.import.labelled', { field: name, label }) : name;
  };
  return (
    <div role="table" aria-label={t('exchange.import.columns')}>
      <div role="row" className="sr-only">
        <span role="columnheader">{t('exchange.import.column')}</span>
        <span role="columnheader">{t('exchange.import.samples')}</span>
        <span role="columnheader">{t('exchange.import.becomes')}</span>
      </div>
      {preview.columns.map((column, index) => {
        const samples = [...new Set(preview.rows.map((row) => row[index]?.trim() ?? ''))]
          .filter(Boolean)
          .slice(0, shownSamples);
        // A label that the file gave its column ("phone:work") stays among the choices.
        const fields = [...new Set([column.field, ...preview.fields])];
        const isSkipped = ['skip', 'ignore'].includes(fieldOf(column.field));
        return (
          <div
            role="row"
            key={`${index}-${column.header}`}
            className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)_13rem] items-center gap-4 border-b border-line py-2 last:border-b-0 max-[44rem]:grid-cols-1 max-[44rem]:gap-1"
          >
            <span role="rowheader" dir="auto" className="font-medium [overflow-wrap:anywhere]">
              {column.header || t('exchange.import.noHeader', { n: index + 1 })}
            </span>
            <span role="cell" className="min-w-0 truncate text-ink-2">
              {samples.length > 0 ? (
                samples.map((sample, at) => (
                  <span key={at}>
                    {at > 0 && ' · '}
                    <bdi>{sample}</bdi>
                  </span>
                ))
              ) : (
                <span className="text-ink-3">{t('exchange.import.emptyColumn')}</span>
              )}
            </span>
            <span role="cell" className={isSkipped ? 'text-ink-3' : undefined}>
              <Select
                label={t('exchange.import.becomesOf', { header: column.header })}
                hideLabel
                value={column.field}
                onChange={(field) => onChange(column.header, field)}
                options={fields.map((field) => ({ value: field, label: nameOf(field) }))}
              />
            </span>
          </div>
        );
      })}
    </div>
  );
}

function Running({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useImportProgress(id);
  // One that ended before anyone listened is in the list.
  const { data: lines = [] } = useImports();
  const line = lines.find((each) => each.import === id && each.state !== 'running');
  const [isStopping, setStopping] = useState(false);
  const state = line?.state ?? progress?.state ?? 'running';
  const numbers = line ?? progress;
  if (state === 'running') {
    const percent = progress?.percent ?? 0;
    return (
      <section className="flex flex-col gap-4 rounded-box border border-line bg-surface px-5 py-5">
        <p className="text-reason font-semibold">{t('exchange.import.running')}</p>
        <div
          role="progressbar"
          aria-label={t('exchange.import.running')}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          className="h-2 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className="h-full rounded-full bg-green transition-[width] duration-150"
            style={{ width: `${percent}%` }}
          />
        </div>
        <div className="flex items-center justify-between gap-4">
          <p className="tnum text-ink-2">
            {t('exchange.import.soFar', {
              count: progress?.rows_done ?? 0,
              n: format.count(progress?.rows_done ?? 0),
            })}
          </p>
          <Button
            isDisabled={isStopping}
            onPress={() => {
              setStopping(true);
              run(commands.cancelImport(id)).catch((reason: unknown) => {
                setStopping(false);
                showError(errorMessage(reason));
              });
            }}
          >
            {isStopping ? t('exchange.import.stopping') : t('exchange.import.stop')}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section
      role="status"
      className="flex flex-col gap-4 rounded-box border border-line bg-surface px-5 py-5"
    >
      <p className="text-reason font-semibold">{t(`exchange.import.ended.${state}`)}</p>
      {progress?.fault && (
        <Notice>
          <span role="alert">{progress.fault.message}</span>
        </Notice>
      )}
      {numbers && <Numbers line={numbers} />}
      {numbers?.rejects_file && <Rejects file={numbers.rejects_file} count={numbers.rejected} />}
      <div className="flex gap-2.5">
        <Button look="primary" autoFocus onPress={() => navigate({ name: 'people' })}>
          {t('exchange.import.seePeople')}
        </Button>
        <Button onPress={onDone}>{t('exchange.import.another')}</Button>
      </div>
    </section>
  );
}

const counted = ['created', 'updated', 'unchanged', 'rejected'] as const;

function Numbers({ line }: { line: Pick<ImportLine, (typeof counted)[number]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="grid grid-cols-4 gap-4 max-[44rem]:grid-cols-2">
      {counted.map((name) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-small text-ink-3">{t(`exchange.import.count.${name}`)}</dt>
          <dd className="tnum text-title font-semibold">{format.count(line[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rejects({ file, count }: { file: string; count: number }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon={TriangleAlert}
      action={
        <Button
          size="small"
          onPress={() =>
            void run(commands.showFile(file)).catch((reason: unknown) => showError(errorMessage(reason)))
          }
        >
          {t('export.show')}
        </Button>
      }
    >
      {t('exchange.import.rejects', { count })}
    </Notice>
  );
}

/** What was brought in before, and the way back. */
function Imports() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data: lines, error, refetch } = useImports();
  const [asked, setAsked] = useState<ImportLine | null>(null);
  const [undone, setUndone] = useState<ImportUndone | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!lines || lines.length === 0) return null;
  const undo = async () => {
    if (!asked || isUndoing) return;
    setUndoing(true);
    try {
      const answer = await run(commands.undoImport(asked.import));
      await client.invalidateQueries();
      if (answer.kept + answer.failed > 0) setUndone(answer);
      else showDone(t('exchange.undo.all', { count: answer.reversed, n: format.count(answer.reversed) }));
    } catch (reason) {
      showError(errorMessage(reason));
    } finally {
      setUndoing(false);
      setAsked(null);
    }
  };
  return (
    <section>
      <SectionLabel className="mb-1">{t('exchange.import.before')}</SectionLabel>
      <ul>
        {lines.map((line) => (
          <li
            key={line.import}
            className="flex items-center gap-4 border-b border-line py-2.5 last:border-b-0"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2 [overflow-wrap:anywhere]">
                <bdi className="font-medium">{line.file_name}</bdi>
                {line.state !== 'done' && (
                  <Tag tone={line.state === 'interrupted' ? 'late' : 'plain'}>
                    {t(`exchange.import.state.${line.state}`)}
                  </Tag>
                )}
              </p>
              <p className="text-small text-ink-3">
                {[
                  format.near(line.began_ms),
                  line.by,
                  ...counted
                    .filter((name) => line[name] > 0)
                    .map((name) =>
                      t(`exchange.import.short.${name}`, { count: line[name], n: format.count(line[name]) }),
                    ),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {line.rejects_file && (
              <Button
                size="small"
                look="quiet"
                onPress={() =>
                  void run(commands.showFile(line.rejects_file!)).catch((reason: unknown) =>
                    showError(errorMessage(reason)),
                  )
                }
              >
                {t('exchange.import.showRejects')}
              </Button>
            )}
            {line.state !== 'undone' && line.state !== 'running' && (
              <Button
                size="small"
                aria-label={t('exchange.undo.of', { name: line.file_name })}
                onPress={() => setAsked(line)}
              >
                {t('common.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={t('exchange.undo.title')}
        body={t('exchange.undo.body', { name: asked?.file_name ?? '' })}
        confirm={isUndoing ? t('exchange.undo.doing') : t('exchange.undo.do')}
        isPending={isUndoing}
        onConfirm={() => void undo()}
      />
      {undone && <UndoneRows undone={undone} onClose={() => setUndone(null)} />}
    </section>
  );
}

/** The answer for every row that was not simply taken back. */
function UndoneRows({ undone, onClose }: { undone: ImportUndone; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Dialog isOpen onClose={onClose} title={t('exchange.undo.partly')}>
      <p className="mb-3 text-ink-2">
        {t('exchange.undo.sums', {
          reversed: format.count(undone.reversed),
          kept: format.count(undone.kept),
          failed: format.count(undone.failed),
        })}
      </p>
      <ul>
        {undone.rows.map((row, index) => (
          <li key={index} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
            <Tag tone={row.fate === 'failed' ? 'late' : 'plain'}>{t(`exchange.undo.fate.${row.fate}`)}</Tag>
            <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {row.why}
            </span>
            {row.person && (
              <Button size="small" look="quiet" onPress={() => navigate({ name: 'person', id: row.person! })}>
                {t('calls.gate.openPerson')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
