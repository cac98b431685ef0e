import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert, Upload } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type ImportLine, type ImportUndone } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { ConfirmDialog, Dialog } from '../shared/Dialog';
import { SectionLabel, ScreenHeader } from '../shared/Layout';
import { dotted } from '../shared/bidi';
import { showFile } from '../shared/files';
import { navigate } from '../shared/route';
import { errorMessage, ErrorState, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { showDone, showError } from '../shared/Toast';
import { setImportFile, useImportFile } from './fileDrop';
import { Look } from './Look';
import { counted, Numbers } from './Numbers';
import { useImportProgress, useImports } from './queries';
import { useTimeLeft } from './timeLeft';

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

function Running({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useImportProgress(id);
  const left = useTimeLeft(progress?.left_ms ?? null);
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
            {left && ` · ${left}`}
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

function Rejects({ file, count }: { file: string; count: number }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon={TriangleAlert}
      action={
        <Button size="small" onPress={() => showFile(file)}>
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
                {dotted([
                  format.near(line.began_ms),
                  line.by,
                  ...counted
                    .filter((name) => line[name] > 0)
                    .map((name) =>
                      t(`exchange.import.short.${name}`, { count: line[name], n: format.count(line[name]) }),
                    ),
                ])}
              </p>
            </div>
            {line.rejects_file && (
              <Button size="small" look="quiet" onPress={() => showFile(line.rejects_file!)}>
                {t('exchange.import.showRejects')}
              </Button>
            )}
            {(line.state === 'done' || line.state === 'interrupted') && (
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
        {undone.people.map((one) => (
          <li key={one.person} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
            <Tag tone={one.fate === 'failed' ? 'late' : 'plain'}>{t(`exchange.undo.fate.${one.fate}`)}</Tag>
            <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <bdi className="font-medium">{one.name}</bdi>
              <span className="block text-ink-2">{one.why}</span>
            </span>
            <Button size="small" look="quiet" onPress={() => navigate({ name: 'person', id: one.person })}>
              {t('calls.gate.openPerson')}
            </Button>
          </li>
        ))}
      </ul>
      {undone.list_file && (
        <Notice
          action={
            <Button size="small" onPress={() => showFile(undone.list_file!)}>
              {t('export.show')}
            </Button>
          }
        >
          {t('exchange.undo.listed')}
        </Notice>
      )}
    </Dialog>
  );
}
