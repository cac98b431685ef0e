import { FileUp, Plus } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purpose, ScriptDraft, ScriptRow } from '../../ipc/bindings';
import { Button } from '../../shared/Button';
import { Tag } from '../../shared/Chip';
import { cx } from '../../shared/cx';
import { ScreenHeader } from '../../shared/Layout';
import { formatRoute } from '../../shared/route';
import { errorMessage, ErrorState, Notice, Skeleton } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { useIsDirector } from '../../team/settings';
import { chooseScriptFile, retireScript } from './actions';
import { NewScriptDialog } from './NewScriptDialog';
import { titleOf } from './outline';
import { useScriptDrafts, useScripts } from './queries';

/** Every script by what it is for. */
export function ScriptList() {
  const { t } = useTranslation();
  const canChange = useIsDirector();
  const { data: scripts, error, refetch } = useScripts();
  const { data: drafts, error: draftsError } = useScriptDrafts(canChange);
  const [isBeginning, setIsBeginning] = useState(false);
  const offered = useMemo(() => (scripts ?? []).filter((row) => !row.retired), [scripts]);
  const retired = (scripts ?? []).filter((row) => row.retired);
  const unsaved = (drafts ?? []).filter((draft) => draft.script === null);
  const draftOf = (row: ScriptRow) => drafts?.find((draft) => draft.script === row.id);
  const groups = useMemo(() => {
    const byPurpose = new Map<Purpose, ScriptRow[]>();
    for (const row of offered) byPurpose.set(row.purpose, [...(byPurpose.get(row.purpose) ?? []), row]);
    // Of several for one purpose the one that is offered first stands first.
    return [...byPurpose].map(
      ([purpose, rows]) => [purpose, rows.toSorted((a, b) => Number(b.first) - Number(a.first))] as const,
    );
  }, [offered]);

  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[52rem] px-6 py-6.5 mid:px-8">
        <ScreenHeader title={t('scripts.title')} sentence={t('scripts.sentence')} className="mb-6">
          {canChange && (
            <>
              <Button icon={FileUp} onPress={() => void chooseScriptFile()}>
                {t('scripts.file.import')}
              </Button>
              <Button look="primary" icon={Plus} onPress={() => setIsBeginning(true)}>
                {t('scripts.new.button')}
              </Button>
            </>
          )}
        </ScreenHeader>
        {!canChange && <Notice className="mb-5">{t('scripts.readOnly')}</Notice>}
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !scripts ? (
          <Skeleton rows={8} />
        ) : (
          <>
            {draftsError && (
              <Notice className="mb-5">
                <span role="alert">{t('scripts.draft.unread', { why: errorMessage(draftsError) })}</span>
              </Notice>
            )}
            {unsaved.length > 0 && (
              <Group label={t('scripts.draft.group')} hint={t('scripts.draft.groupHint')}>
                {unsaved.map((draft) => (
                  <DraftLine key={draft.id} draft={draft} />
                ))}
              </Group>
            )}
            {groups.map(([purpose, rows]) => (
              <Group
                key={purpose}
                label={t(`scripts.purpose.${purpose}`)}
                hint={t(`scripts.offered.${purpose}`)}
              >
                {rows.map((row) => (
                  <ScriptLine
                    key={row.id}
                    row={row}
                    draft={draftOf(row)}
                    isFirst={row.first && rows.length > 1}
                  />
                ))}
              </Group>
            ))}
            {retired.length > 0 && (
              <Group label={t('scripts.retired.group')} hint={t('scripts.retired.groupHint')} isQuiet>
                {retired.map((row) => (
                  <ScriptLine key={row.id} row={row} draft={draftOf(row)} canRestore={canChange} />
                ))}
              </Group>
            )}
          </>
        )}
      </div>
      {isBeginning && scripts && <NewScriptDialog scripts={scripts} onClose={() => setIsBeginning(false)} />}
    </div>
  );
}

/** What some scripts are for, and beside it the scripts. */
function Group({
  label,
  hint,
  isQuiet = false,
  children,
}: {
  label: string;
  hint: string;
  isQuiet?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      className={cx(
        'grid gap-x-6 border-t border-line py-2.5 min-[800px]:grid-cols-[13rem_minmax(0,1fr)]',
        isQuiet && 'mt-6',
      )}
    >
      <div className="py-2">
        <h2 className={cx('font-semibold', isQuiet && 'text-ink-2')}>{label}</h2>
        <p className="text-small text-ink-3">{hint}</p>
      </div>
      <ul className="-mx-3 self-center">{children}</ul>
    </section>
  );
}

const lineLook =
  'flex min-h-11 min-w-0 flex-1 items-center gap-4 rounded-control px-3 py-2 transition-colors duration-120 hover:bg-selected';

function ScriptLine({
  row,
  draft,
  isFirst = false,
  canRestore = false,
}: {
  row: ScriptRow;
  draft?: ScriptDraft;
  isFirst?: boolean;
  canRestore?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="flex items-center gap-2">
      <a href={formatRoute({ name: 'scripts', script: row.id })} draggable={false} className={lineLook}>
        <span className="min-w-0 flex-1">
          <bdi className={cx('text-reason font-medium', row.retired && 'text-ink-2')}>{row.name}</bdi>
          <span className="ms-2.5 inline-flex gap-1.5 align-[1px]">
            {isFirst && <Tag tone="green">{t('scripts.list.first')}</Tag>}
            {row.running > 1 && <Tag>{t('scripts.list.running', { count: row.running })}</Tag>}
            {draft && <Tag>{t('scripts.list.draft')}</Tag>}
          </span>
        </span>
        <span className="tnum shrink-0 text-small text-ink-3">
          {row.retired
            ? t(`scripts.purpose.${row.purpose}`)
            : row.shipped && row.number === 1
              ? t('scripts.list.shipped')
              : t('scripts.list.version', { number: row.number, when: format.ago(row.changed_ms) })}
        </span>
      </a>
      {canRestore && (
        <Button size="small" look="quiet" className="me-1" onPress={() => void retireScript(row, false)}>
          {t('scripts.retired.restore')}
          <span className="sr-only">{row.name}</span>
        </Button>
      )}
    </li>
  );
}

function DraftLine({ draft }: { draft: ScriptDraft }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="flex">
      <a href={formatRoute({ name: 'scripts', draft: draft.id })} draggable={false} className={lineLook}>
        <bdi className="min-w-0 flex-1 truncate text-reason font-medium">
          {titleOf(draft.text) || t('scripts.untitled')}
        </bdi>
        <span className="shrink-0 text-small text-ink-3">
          {t('scripts.list.kept', { when: format.near(draft.changed_ms) })}
        </span>
      </a>
    </li>
  );
}
