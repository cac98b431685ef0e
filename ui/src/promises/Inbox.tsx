import { BellOff } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { commands, type InboxItem } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { cx } from '../shared/cx';
import { Dialog } from '../shared/Dialog';
import { Menu } from '../shared/Menu';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useInbox } from './queries';
import { snoozeChoices } from './snooze';

/** Every reminder that was shown and not yet dealt with: the truth, where a desktop shows none. */
export function Inbox({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: items, error, refetch } = useInbox();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('inbox.title')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !items ? (
        <Skeleton rows={3} />
      ) : items.length === 0 ? (
        <EmptyState icon={BellOff} title={t('inbox.empty')}>
          {t('inbox.emptySentence')}
        </EmptyState>
      ) : (
        <ul>
          {items.map((item) => (
            <InboxRow key={item.id} item={item} onClose={onClose} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function InboxRow({ item, onClose }: { item: InboxItem; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const see = useMutation({ mutationFn: () => run(commands.seeReminder(item.id)) });
  const dismiss = useMutation({ mutationFn: () => run(commands.dismissReminder(item.id)) });
  const snooze = useMutation({
    mutationFn: (untilMs: number) => run(commands.snoozeReminder(item.id, untilMs)),
  });
  const isLate = item.due_ms < format.nowMs;
  return (
    <li className="flex items-start gap-3 border-b border-line py-3 last:border-b-0">
      <span
        aria-hidden
        className={cx('mt-2 size-2 shrink-0 rounded-full', item.seen ? 'bg-transparent' : 'bg-green')}
      />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-3">
          <PersonName name={item.name} />
          <span
            className={cx('tnum shrink-0 text-small font-semibold', isLate ? 'text-brick' : 'text-ink-2')}
          >
            {format.near(item.due_ms)}
          </span>
        </p>
        <p dir="auto" className="text-ink-2 [overflow-wrap:anywhere]">
          {!item.seen && <span className="sr-only">{t('inbox.new')} </span>}
          {item.reason}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            size="small"
            onPress={() => {
              if (!item.seen) see.mutate();
              onClose();
              navigate({ name: 'today', promise: item.promise });
            }}
          >
            {t('inbox.open')}
          </Button>
          <Menu
            label={t('today.snooze')}
            trigger={
              <Button size="small" look="quiet">
                {t('today.snooze')}
              </Button>
            }
            entries={snoozeChoices(format).map(({ id, untilMs }) => ({
              id,
              label: t(`snooze.${id}`),
              description: format.near(untilMs),
              onAction: () => snooze.mutate(untilMs),
            }))}
          />
          <Button size="small" look="quiet" onPress={() => dismiss.mutate()}>
            {t('inbox.dismiss')}
          </Button>
        </div>
      </div>
    </li>
  );
}
