import { useTranslation } from 'react-i18next';
import type { FieldChange } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useHistory } from './queries';

/** Each field as it was before, by whom and when it was changed; and back with it. */
export function HistoryDialog({
  person,
  onClose,
  onRestore,
}: {
  person: string;
  onClose: () => void;
  onRestore: (change: FieldChange) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: changes, error, refetch } = useHistory(person);
  // The association's own fields have names of their own.
  const named = (change: FieldChange) =>
    change.table === 'field_value'
      ? change.field
      : t(`field.${change.table}.${change.field}` as 'field.person.place', {
          defaultValue: change.field.replaceAll('_', ' '),
        });
  return (
    <Dialog isOpen onClose={onClose} title={t('history.title')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !changes ? (
        <Skeleton rows={4} />
      ) : changes.length === 0 ? (
        <EmptyState title={t('history.none')}>{t('history.noneSentence')}</EmptyState>
      ) : (
        <ul>
          {changes.map((change) => (
            <li
              key={`${change.seq}-${change.field}`}
              className="flex items-start gap-4 border-b border-line py-2.5 last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <p>
                  <span className="font-semibold">{named(change)}</span>{' '}
                  <span className="text-small text-ink-3">
                    {[format.near(change.at_ms), change.actor].filter(Boolean).join(', ')}
                  </span>
                </p>
                <p className="[overflow-wrap:anywhere] text-ink-2 select-text">
                  <bdi className="line-through">{change.before || t('history.blank')}</bdi>{' '}
                  <span aria-label={t('history.became')}>{'→'}</span>{' '}
                  <bdi>{change.after || t('history.blank')}</bdi>
                </p>
              </div>
              <Button size="small" onPress={() => onRestore(change)}>
                {t('history.restore')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
