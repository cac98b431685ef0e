import type { TFunction } from 'i18next';
import { ArrowLeft, MailCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { commands, type OutboxLine } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { Clamp } from '../shared/Clamp';
import { useKeys } from '../shared/keys';
import { ScreenHeader, SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { formatRoute, navigate } from '../shared/route';
import { EmptyState, ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useOutbox } from './queries';

/** Their group says it. */
const saidByGroup = new Set<OutboxLine['state']>(['waiting', 'sent']);
const needsSomebody = new Set<OutboxLine['state']>(['refused', 'gave_up', 'unsure']);

/** E-mail that goes out from here: what needs somebody, what waits, what went lately. */
export function Outbox() {
  const { t } = useTranslation();
  const { data: outbox, error, refetch } = useOutbox();
  const toList = () => navigate({ name: 'plans' });
  useKeys([{ keys: 'Escape', label: 'keys.back', run: toList }]);
  const lines = outbox?.lines ?? [];
  const groups = {
    somebody: lines.filter((line) => needsSomebody.has(line.state)),
    waiting: lines.filter((line) => line.state === 'waiting' || line.state === 'sending'),
    sent: lines.filter((line) => line.state === 'sent'),
  };
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[56rem] px-6 py-5 mid:px-8">
        <Button look="quiet" size="small" icon={ArrowLeft} className="-ms-2.5 mb-2" onPress={toList}>
          {t('plans.title')}
        </Button>
        <ScreenHeader title={t('mail.outbox.title')} sentence={t('mail.outbox.sentence')} className="mb-5" />
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !outbox ? (
          <Skeleton rows={4} />
        ) : (
          <>
            {outbox.held !== null && groups.waiting.length > 0 && (
              <Notice className="mb-5">
                <span role="status">{outbox.held}</span>
              </Notice>
            )}
            {lines.length === 0 && (
              <EmptyState icon={MailCheck} title={t('mail.outbox.empty')}>
                {t('mail.outbox.emptySentence')}
              </EmptyState>
            )}
            {(Object.keys(groups) as (keyof typeof groups)[])
              .filter((group) => groups[group].length > 0)
              .map((group) => (
                <section key={group} aria-label={t(`mail.outbox.group.${group}`)} className="mb-8">
                  <SectionLabel className="pb-2">{t(`mail.outbox.group.${group}`)}</SectionLabel>
                  <ul className="border-t border-line">
                    {groups[group].map((line) => (
                      <Line key={line.id} line={line} />
                    ))}
                  </ul>
                </section>
              ))}
          </>
        )}
      </div>
    </div>
  );
}

function when(line: OutboxLine, t: TFunction, format: Format): string {
  if (line.ended_ms !== null) return t('mail.outbox.went', { when: format.near(line.ended_ms) });
  if (line.state === 'waiting' && line.tries > 0 && line.next_try_ms !== null) {
    return t('mail.outbox.again', { count: line.tries, when: format.near(line.next_try_ms) });
  }
  return t('mail.outbox.since', { when: format.near(line.made_ms) });
}

function Line({ line }: { line: OutboxLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { doUndoable } = useUndo();
  const { id, name, state } = line;
  const isOver = state === 'refused' || state === 'gave_up';
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-3 border-b border-line py-4">
      <div className="min-w-64 flex-1 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <a
            href={formatRoute({ name: 'person', id: line.person })}
            draggable={false}
            className="rounded-small hover:underline"
          >
            <PersonName name={name} />
          </a>
          {!saidByGroup.has(state) && <Tag>{t(`mail.state.${state}`)}</Tag>}
          <span className="tnum text-small text-ink-3">{when(line, t, format)}</span>
        </p>
        <p className="text-ink-2">
          <bdi>{line.subject}</bdi> <bdi className="text-small text-ink-3">{line.to_address}</bdi>
        </p>
        {state === 'unsure' && <p className="mt-1">{t('mail.outbox.unsure')}</p>}
        {line.said && state !== 'sent' && (
          <Clamp lines={3} className={state === 'unsure' ? 'text-small text-ink-3' : undefined}>
            {line.said}
          </Clamp>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {state === 'unsure' && (
          <Button
            size="small"
            onPress={() => void doUndoable(run(commands.mailWent(id)), t('mail.emailFiled', { name }))}
          >
            {t('mail.itWent')}
          </Button>
        )}
        {(isOver || state === 'unsure') && (
          <Button
            size="small"
            onPress={() => void doUndoable(run(commands.sendMailAgain(id)), t('mail.outbox.toGo', { name }))}
          >
            {t('mail.outbox.sendAgain')}
          </Button>
        )}
        {state === 'refused' && line.address_is_good && (
          <Button
            size="small"
            onPress={() =>
              void doUndoable(run(commands.markMailBounced(id)), t('mail.outbox.marked', { name }))
            }
          >
            {t('mail.outbox.mark')}
          </Button>
        )}
        {(isOver || state === 'waiting') && (
          <Button
            size="small"
            look="quiet"
            onPress={() =>
              void doUndoable(run(commands.takeBackMail(id)), t('mail.outbox.takenBack', { name }))
            }
          >
            {t('mail.outbox.takeBack')}
          </Button>
        )}
      </div>
    </li>
  );
}
