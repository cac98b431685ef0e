import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseView, TimeToRing } from '../ipc/bindings';
import { IconButton } from '../shared/Button';
import { FormDialog } from '../shared/FormDialog';
import { cx } from '../shared/cx';
import { Checkbox, Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { Menu } from '../shared/Menu';
import { Avatar } from '../shared/People';
import { errorMessage } from '../shared/States';
import { useFormat } from '../shared/time';
import type { When } from './queries';
import { dueBy, useTheirTime } from './theirTime';
import { WhenField } from './WhenField';

export interface PromiseActions {
  add: (what: string, when: When, callback: boolean) => Promise<unknown>;
  keep: (id: string) => Promise<unknown>;
  renegotiate: (id: string, when: When) => Promise<unknown>;
  release: (id: string, reason: string) => Promise<unknown>;
}

/** What is owed to this person, the next first. What has ended stands in the timeline. */
export function PromiseSection({
  person,
  promises,
  actions,
  onHandOver,
}: {
  person: string;
  promises: PromiseView[];
  actions: PromiseActions;
  onHandOver: (promise: PromiseView) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAdding, setAdding] = useState(false);
  const [moving, setMoving] = useState<PromiseView | null>(null);
  const [releasing, setReleasing] = useState<PromiseView | null>(null);
  const open = promises.filter((promise) => promise.state === 'open').toSorted((a, b) => a.due_ms - b.due_ms);
  return (
    <section>
      <SectionLabel add={{ label: t('promise.add'), onPress: () => setAdding(true) }}>
        {t('promise.section')}
      </SectionLabel>
      {open.length === 0 && <p className="text-ink-2">{t('promise.none')}</p>}
      <ul>
        {open.map((promise) => {
          const isLate = promise.due_ms < format.nowMs;
          const name = promise.what || t(`promise.kind.${promise.kind}`);
          return (
            <li
              key={promise.id}
              className="flex items-center gap-3 border-b border-line py-2 last:border-b-0"
            >
              <span className="min-w-0 flex-1">
                <span
                  dir="auto"
                  className="block select-text [overflow-wrap:anywhere] first-letter:uppercase"
                >
                  {name}
                </span>
                {promise.next_try_ms !== null && (
                  <span className="block text-small text-ink-3">
                    {t('promise.nextTry', {
                      when:
                        promise.from_ms === null
                          ? format.near(promise.next_try_ms)
                          : format.between(promise.from_ms, promise.next_try_ms),
                    })}
                  </span>
                )}
              </span>
              <span className={cx('tnum shrink-0 text-small font-semibold', isLate && 'text-brick')}>
                {isLate
                  ? t('promise.late', { duration: format.duration(format.nowMs - promise.due_ms) })
                  : promise.from_ms !== null && promise.next_try_ms === null
                    ? format.between(promise.from_ms, promise.due_ms)
                    : format.near(promise.due_ms)}
              </span>
              {promise.keeper && (
                <Avatar
                  name={promise.keeper.name}
                  label={t('people.keptBy', { name: promise.keeper.name })}
                />
              )}
              <Menu
                label={t('promise.menu', { name })}
                trigger={<IconButton icon={Ellipsis} label={t('promise.menu', { name })} className="-me-2" />}
                entries={[
                  { id: 'keep', label: t('promise.keep'), onAction: () => void actions.keep(promise.id) },
                  ...(isLate
                    ? []
                    : [{ id: 'move', label: t('promise.renegotiate'), onAction: () => setMoving(promise) }]),
                  { id: 'hand', label: t('today.handOver'), onAction: () => onHandOver(promise) },
                  {
                    id: 'release',
                    label: t('promise.release'),
                    separate: true,
                    onAction: () => setReleasing(promise),
                  },
                ]}
              />
            </li>
          );
        })}
      </ul>
      {isAdding && (
        <PromiseDialog
          title={t('promise.add')}
          onClose={() => setAdding(false)}
          person={person}
          isCall
          onSave={actions.add}
          withWhat
        />
      )}
      {moving && (
        <PromiseDialog
          title={t('promise.renegotiate')}
          sentence={t('promise.renegotiateSentence')}
          onClose={() => setMoving(null)}
          person={moving.person}
          isCall={moving.by_ringing}
          onSave={(_what, when) => actions.renegotiate(moving.id, when)}
        />
      )}
      {releasing && (
        <ReleaseDialog
          what={releasing.what}
          onClose={() => setReleasing(null)}
          onRelease={(reason) => actions.release(releasing.id, reason)}
        />
      )}
    </section>
  );
}

function PromiseDialog({
  title,
  sentence,
  person,
  isCall,
  withWhat = false,
  onClose,
  onSave,
}: {
  title: string;
  sentence?: string;
  person: string;
  /** It is kept by ringing them, until it is said that it is not. */
  isCall: boolean;
  withWhat?: boolean;
  onClose: () => void;
  onSave: (what: string, when: When, callback: boolean) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [what, setWhat] = useState('');
  const [callback, setCallback] = useState(isCall);
  const [when, setWhen] = useState<TimeToRing | null>(() => dueBy(format.atLocal(1, 9)));
  const { theirs, stands, error: unasked } = useTheirTime(callback ? person : null, when);
  return (
    <FormDialog
      title={title}
      submit={t('promise.save')}
      isReady={stands && (!withWhat || what.trim() !== '')}
      onSubmit={async () => {
        if (when) await onSave(what.trim(), { from_ms: when.from_ms, due_ms: when.due_ms }, callback);
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          {sentence && <p className="text-ink-2">{sentence}</p>}
          {withWhat && (
            <Field
              label={t('promise.what')}
              value={what}
              onChange={setWhat}
              autoFocus
              placeholder={t('promise.whatPlaceholder')}
            />
          )}
          {withWhat && (
            <Checkbox isSelected={callback} onChange={setCallback}>
              {t('promise.isCall')}
            </Checkbox>
          )}
          <WhenField
            label={t('promise.when')}
            value={when}
            onChange={setWhen}
            theirs={theirs}
            error={error ?? (unasked && errorMessage(unasked))}
          />
        </>
      )}
    </FormDialog>
  );
}

function ReleaseDialog({
  what,
  onClose,
  onRelease,
}: {
  what: string;
  onClose: () => void;
  onRelease: (reason: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('promise.release')}
      submit={t('promise.releaseDo')}
      isReady={reason.trim() !== ''}
      onSubmit={() => onRelease(reason.trim())}
      onClose={onClose}
    >
      {(error) => (
        <>
          {what && <p dir="auto">{what}</p>}
          <Field
            label={t('promise.releaseReason')}
            description={t('promise.releaseHint')}
            value={reason}
            onChange={setReason}
            autoFocus
            error={error}
          />
        </>
      )}
    </FormDialog>
  );
}
