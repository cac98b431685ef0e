import { ArrowDown, ArrowUp, Ellipsis, Pencil, Rows3, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type CustomFieldUse } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { Button, IconButton } from '../../shared/Button';
import { ConfirmDialog } from '../../shared/Dialog';
import { Menu } from '../../shared/Menu';
import { EmptyState, ErrorState, Notice, Skeleton } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { showDone } from '../../shared/Toast';
import { useUndo } from '../../shared/useUndo';
import { Section } from '../../team/Section';
import { useIsDirector, useSaving } from '../../team/settings';
import { FieldDialog } from './FieldDialog';
import { useCustomFieldsInUse } from './queries';

/** What the association keeps of people besides: made, renamed, put in order and taken away here. */
export function FieldSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const isDirector = useIsDirector();
  const saving = useSaving();
  const { undo } = useUndo();
  const { data: all, error, refetch } = useCustomFieldsInUse();
  const [editing, setEditing] = useState<CustomFieldUse | 'new' | null>(null);
  const [removing, setRemoving] = useState<CustomFieldUse | null>(null);
  const move = (from: number, to: number) => {
    const ids = (all ?? []).map((use) => use.field.id);
    ids.splice(to, 0, ...ids.splice(from, 1));
    void saving.save(() => run(commands.orderCustomFields(ids)));
  };
  const remove = async (use: CustomFieldUse) => {
    setRemoving(null);
    if (!(await saving.save(() => run(commands.removeCustomField(use.field.id))))) return;
    showDone(t('fields.removed', { name: use.field.name }), { label: t('common.undo'), run: undo });
  };
  return (
    <Section
      title={t('fields.settings')}
      sentence={t('fields.settingsSentence')}
      action={isDirector && <Button onPress={() => setEditing('new')}>{t('fields.add')}</Button>}
    >
      {!isDirector && <Notice>{t('team.directorOnly')}</Notice>}
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !all ? (
        <Skeleton rows={4} />
      ) : all.length === 0 ? (
        <EmptyState icon={Rows3} title={t('fields.none')}>
          {t('fields.noneSentence')}
        </EmptyState>
      ) : (
        <ul>
          {all.map((use, at) => (
            <li
              key={use.field.id}
              className="flex min-h-12 items-center gap-4 border-b border-line py-2.5 last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <p dir="auto" className="font-medium [overflow-wrap:anywhere]">
                  {use.field.name}
                </p>
                <p className="text-small [overflow-wrap:anywhere] text-ink-3">
                  {t(`fields.kind.${use.field.kind}`)}
                  {use.field.options.length > 0 && ': '}
                  <bdi>{use.field.options.map((option) => option.name).join(', ')}</bdi>
                </p>
              </div>
              <span className="tnum shrink-0 text-ink-2">
                {t('fields.people', { count: use.people, n: format.count(use.people) })}
              </span>
              {isDirector && (
                <Menu
                  label={t('fields.menu', { name: use.field.name })}
                  trigger={
                    <IconButton
                      icon={Ellipsis}
                      label={t('fields.menu', { name: use.field.name })}
                      isDisabled={saving.isSaving}
                      className="-me-2"
                    />
                  }
                  entries={[
                    {
                      id: 'change',
                      label: t('common.change'),
                      icon: Pencil,
                      onAction: () => setEditing(use),
                    },
                    {
                      id: 'up',
                      label: t('fields.up'),
                      icon: ArrowUp,
                      isDisabled: at === 0,
                      onAction: () => move(at, at - 1),
                    },
                    {
                      id: 'down',
                      label: t('fields.down'),
                      icon: ArrowDown,
                      isDisabled: at === all.length - 1,
                      onAction: () => move(at, at + 1),
                    },
                    {
                      id: 'remove',
                      label: t('fields.remove'),
                      icon: Trash2,
                      danger: true,
                      separate: true,
                      onAction: () => (use.people > 0 ? setRemoving(use) : void remove(use)),
                    },
                  ]}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <FieldDialog use={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {removing && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoving(null)}
          title={t('fields.removeTitle', { name: removing.field.name })}
          body={t('fields.removeSentence', { count: removing.people, n: format.count(removing.people) })}
          confirm={t('fields.remove')}
          onConfirm={() => void remove(removing)}
        />
      )}
    </Section>
  );
}
