import { Pencil, TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type PeopleChoice } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { IconButton } from '../../shared/Button';
import { ConfirmDialog } from '../../shared/Dialog';
import { Field } from '../../shared/Field';
import { FormDialog } from '../../shared/FormDialog';
import { EmptyState, ErrorState, Notice, Skeleton } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { useUndo } from '../../shared/useUndo';
import { Section } from '../../team/Section';
import { useIsDirector, useSaving } from '../../team/settings';
import { useTags } from './queries';

/** Every tag, with how many people have it: renamed or taken away from all of them at once. */
export function TagSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const isDirector = useIsDirector();
  const saving = useSaving();
  const { showUndoable } = useUndo();
  const { data: tags, error, refetch } = useTags();
  const [renaming, setRenaming] = useState<PeopleChoice | null>(null);
  const [removing, setRemoving] = useState<PeopleChoice | null>(null);
  const people = (tag: PeopleChoice) =>
    t('fields.people', { count: tag.people, n: format.count(tag.people) });
  const remove = async (tag: PeopleChoice) => {
    setRemoving(null);
    if (!(await saving.save(() => run(commands.removeTag(tag.value))))) return;
    showUndoable(t('tags.removed', { name: tag.value }));
  };
  return (
    <Section title={t('tags.title')} sentence={t('tags.sentence')}>
      {!isDirector && <Notice>{t('team.directorOnly')}</Notice>}
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !tags ? (
        <Skeleton rows={4} />
      ) : tags.length === 0 ? (
        <EmptyState icon={TagIcon} title={t('tags.none')}>
          {t('tags.noneSentence')}
        </EmptyState>
      ) : (
        <ul>
          {tags.map((tag) => (
            <li
              key={tag.value}
              className="flex min-h-12 items-center gap-4 border-b border-line py-2 last:border-b-0"
            >
              <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {tag.value}
              </span>
              <span className="tnum shrink-0 text-ink-2">{people(tag)}</span>
              {isDirector && (
                <span className="-me-2 flex">
                  <IconButton
                    icon={Pencil}
                    label={t('tags.rename', { name: tag.value })}
                    isDisabled={saving.isSaving}
                    onPress={() => setRenaming(tag)}
                  />
                  <IconButton
                    icon={Trash2}
                    label={t('tags.remove', { name: tag.value })}
                    isDisabled={saving.isSaving}
                    onPress={() => setRemoving(tag)}
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {renaming && <RenameDialog tag={renaming} tags={tags ?? []} onClose={() => setRenaming(null)} />}
      {removing && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoving(null)}
          title={t('tags.remove', { name: removing.value })}
          body={t('tags.removeSentence', { count: removing.people, n: format.count(removing.people) })}
          confirm={t('tags.removeDo')}
          onConfirm={() => void remove(removing)}
        />
      )}
    </Section>
  );
}

function RenameDialog({
  tag,
  tags,
  onClose,
}: {
  tag: PeopleChoice;
  tags: PeopleChoice[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { showUndoable } = useUndo();
  const [name, setName] = useState(tag.value);
  const to = name.trim().split(/\s+/).join(' ');
  const other = tags.find((one) => one.value === to && one.value !== tag.value);
  return (
    <FormDialog
      title={t('tags.rename', { name: tag.value })}
      submit={other ? t('tags.join') : t('tags.renameDo')}
      isReady={to !== '' && to !== tag.value}
      onSubmit={async () => {
        await run(commands.renameTag(tag.value, to, other !== undefined));
        showUndoable(t(other ? 'tags.joined' : 'tags.renamed', { name: to }));
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field
            label={t('tags.name')}
            value={name}
            onChange={setName}
            autoFocus
            description={t('tags.renameSentence', { count: tag.people, n: format.count(tag.people) })}
            error={error}
          />
          {other && (
            <Notice>
              <span role="status">
                {t('tags.joinSentence', {
                  name: other.value,
                  count: other.people,
                  n: format.count(other.people),
                })}
              </span>
            </Notice>
          )}
        </>
      )}
    </FormDialog>
  );
}
