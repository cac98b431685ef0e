import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { commands, type EditLine } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { dotted } from '../shared/bidi';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { cx } from '../shared/cx';
import { Section } from './Section';

const shown = 100;
const asked = 400;
/** Steps on the way to a call that is filed: it alone is what was done. */
const onTheWay = new Set(['jot', 'answer_script', 'end_call', 'see_reminder']);

/** What was done of late, by whom; each of it can be taken back. */
export function EditSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const {
    data: edits,
    error,
    refetch,
  } = useQuery({
    queryKey: ['lastEdits'],
    queryFn: () => run(commands.lastEdits(asked)),
    select: (lines) => lines.filter((line) => !onTheWay.has(line.action)).slice(0, shown),
  });
  const actionOf = (edit: EditLine) =>
    t(`action.${edit.action}` as 'action.change_person', {
      defaultValue: edit.action.replaceAll('_', ' '),
    });
  const { undoEdit } = useUndo();
  return (
    <Section title={t('team.edits.title')} sentence={t('team.edits.sentence')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !edits ? (
        <Skeleton rows={6} />
      ) : edits.length === 0 ? (
        <EmptyState icon={History} title={t('team.edits.empty')} />
      ) : (
        <ul>
          {edits.map((edit) => (
            <li key={edit.id} className="flex items-center gap-4 border-b border-line py-2 last:border-b-0">
              <div className="min-w-0 flex-1">
                <p className={cx('[overflow-wrap:anywhere]', edit.undone && 'text-ink-3 line-through')}>
                  {edit.label && (
                    <bdi className="font-medium">
                      {edit.label}
                      {', '}
                    </bdi>
                  )}
                  {actionOf(edit)}
                </p>
                <p className="text-small text-ink-3">
                  {dotted([
                    format.near(edit.at_ms),
                    edit.actor ?? t('brand'),
                    edit.undone && t('team.edits.undone'),
                  ])}
                </p>
              </div>
              {!edit.undone && (
                <Button
                  size="small"
                  look="quiet"
                  aria-label={t('team.edits.undo', {
                    what: [edit.label, actionOf(edit)].filter(Boolean).join(', '),
                  })}
                  onPress={() => undoEdit(edit.id)}
                >
                  {t('common.undo')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
