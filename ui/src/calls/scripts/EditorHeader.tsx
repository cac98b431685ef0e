import {
  ArchiveRestore,
  Archive,
  ArrowLeft,
  ChevronDown,
  CircleHelp,
  Copy,
  EllipsisVertical,
  FileDown,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Purpose, ScriptDetail } from '../../ipc/bindings';
import { Button, IconButton } from '../../shared/Button';
import { Tag } from '../../shared/Chip';
import { ConfirmDialog } from '../../shared/Dialog';
import { Menu, type MenuEntry } from '../../shared/Menu';
import { navigate } from '../../shared/route';
import { errorMessage } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { showError } from '../../shared/Toast';
import { beginScript, exportScript, retireScript } from './actions';
import type { DraftShown } from './draftPad';
import { retitled } from './outline';

/** What this script is, whether it is saved, and what can be done with it. */
export function EditorHeader({
  title,
  detail,
  purpose,
  shown,
  canChange,
  isSaving,
  text,
  onSave,
  onDiscard,
  onThrowAway,
  onHelp,
}: {
  title: string;
  detail: ScriptDetail | null;
  purpose: Purpose | null;
  shown: DraftShown;
  canChange: boolean;
  isSaving: boolean;
  text: string;
  onSave: (beside: boolean) => void;
  onDiscard: () => void;
  onThrowAway: () => Promise<void>;
  onHelp: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isThrowing, setIsThrowing] = useState(false);
  const row = detail?.row ?? null;
  const state = !shown.isDirty
    ? row && t('scripts.state.saved', { number: row.number, when: format.ago(row.changed_ms) })
    : shown.state === 'failed'
      ? t('scripts.state.notKept')
      : shown.state === 'keeping'
        ? t('scripts.state.keeping')
        : row
          ? t('scripts.state.draft', { number: row.number })
          : t('scripts.state.new');
  const entries: MenuEntry[] = [
    { id: 'help', label: t('scripts.help.title'), icon: CircleHelp, onAction: onHelp },
    ...(row
      ? [
          {
            id: 'export',
            label: t('scripts.file.export'),
            description: shown.isDirty ? t('scripts.file.exportSaved', { number: row.number }) : undefined,
            icon: FileDown,
            onAction: () => void exportScript(row),
          },
        ]
      : []),
    ...(canChange
      ? [
          {
            id: 'copy',
            label: t('scripts.copy'),
            icon: Copy,
            onAction: () => void beginScript(retitled(text, t('scripts.copyOf', { name: title }))),
          },
        ]
      : []),
    ...(canChange && row && shown.isDirty
      ? [
          {
            id: 'discard',
            label: t('scripts.draft.discard', { number: row.number }),
            icon: Undo2,
            onAction: onDiscard,
          },
        ]
      : []),
    ...(canChange && row
      ? [
          {
            id: 'retire',
            label: row.retired ? t('scripts.retired.restore') : t('scripts.retired.retire'),
            description: row.retired ? undefined : t('scripts.retired.hint'),
            icon: row.retired ? ArchiveRestore : Archive,
            separate: true,
            onAction: () => void retireScript(row, !row.retired),
          },
        ]
      : []),
    ...(canChange && !row
      ? [
          {
            id: 'throw-away',
            label: t('scripts.draft.throwAway'),
            icon: Trash2,
            danger: true,
            separate: true,
            onAction: () => setIsThrowing(true),
          },
        ]
      : []),
  ];
  return (
    <header className="flex min-h-16 items-center gap-2 border-b border-line bg-surface py-2.5 ps-3 pe-4">
      <IconButton
        icon={ArrowLeft}
        label={t('scripts.toList')}
        onPress={() => navigate({ name: 'scripts' })}
      />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-center gap-2.5">
          <h1 tabIndex={-1} className="min-w-0 truncate text-[1.125rem]/6 font-semibold tracking-[-0.01em]">
            <bdi>{title}</bdi>
          </h1>
          {purpose && <Tag>{t(`scripts.purpose.${purpose}`)}</Tag>}
          {row?.retired && <Tag>{t('scripts.retired.tag')}</Tag>}
        </div>
        <p role="status" className="truncate text-small text-ink-2">
          {state}
        </p>
      </div>
      <Menu
        label={t('scripts.menu')}
        entries={entries}
        trigger={<IconButton icon={EllipsisVertical} label={t('scripts.menu')} />}
      />
      {canChange && (
        <span className="flex">
          <Button
            look="primary"
            keyHint="mod+s"
            isDisabled={!shown.isDirty || isSaving}
            className={row ? 'rounded-e-none' : undefined}
            onPress={() => onSave(false)}
          >
            {t('common.save')}
          </Button>
          {row && (
            <Menu
              label={t('scripts.save.more')}
              entries={[
                {
                  id: 'alone',
                  label: t('scripts.save.alone', { number: row.number + 1 }),
                  description: t('scripts.save.aloneHint'),
                  onAction: () => onSave(false),
                },
                {
                  id: 'beside',
                  label: t('scripts.save.beside', { number: row.number + 1 }),
                  description: t('scripts.save.besideHint'),
                  onAction: () => onSave(true),
                },
              ]}
              trigger={
                <AriaButton
                  aria-label={t('scripts.save.more')}
                  isDisabled={!shown.isDirty || isSaving}
                  className="flex h-9.5 w-8 items-center justify-center rounded-e-control border-s border-on-green/30 bg-green text-on-green transition-colors duration-120 hover:bg-green-hover disabled:cursor-not-allowed disabled:border-line disabled:bg-line disabled:text-ink-3"
                >
                  <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
                </AriaButton>
              }
            />
          )}
        </span>
      )}
      <ConfirmDialog
        isOpen={isThrowing}
        onClose={() => setIsThrowing(false)}
        title={t('scripts.draft.throwAwayTitle')}
        body={t('scripts.draft.throwAwayBody', { name: title })}
        confirm={t('scripts.draft.throwAwayDo')}
        onConfirm={() => {
          setIsThrowing(false);
          onThrowAway().catch((reason: unknown) => showError(errorMessage(reason)));
        }}
      />
    </header>
  );
}
