import { Ellipsis, Mail, MapPin, Phone } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewReach, Reach, ReachChange, ReachKind } from '../ipc/bindings';
import { IconButton } from '../shared/Button';
import { FormDialog } from '../shared/FormDialog';
import { dotted } from '../shared/bidi';
import { cx } from '../shared/cx';
import { Field, Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { Menu } from '../shared/Menu';
import { reachStateOptions, voicemailOptions } from './options';

const icons = { phone: Phone, email: Mail, post: MapPin };
const kinds: ReachKind[] = ['phone', 'email', 'post'];

export interface ReachActions {
  add: (reach: NewReach) => Promise<unknown>;
  change: (id: string, change: ReachChange) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
}

/** Every way to reach someone. A phone number stays covered here; only beginning a call opens it. */
export function ReachSection({ reaches, actions }: { reaches: Reach[]; actions: ReachActions }) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [editing, setEditing] = useState<Reach | null>(null);
  return (
    <section>
      <SectionLabel add={{ label: t('person.addReach'), onPress: () => setAdding(true) }}>
        {t('brief.reaching')}
      </SectionLabel>
      {reaches.length === 0 && <p className="text-ink-2">{t('brief.noReach')}</p>}
      <ul className="flex flex-col gap-2.5">
        {reaches.map((reach) => (
          <ReachLine key={reach.id} reach={reach} onEdit={() => setEditing(reach)} actions={actions} />
        ))}
      </ul>
      {isAdding && <AddReach onClose={() => setAdding(false)} onAdd={actions.add} />}
      {editing && (
        <ChangeReach
          reach={editing}
          onClose={() => setEditing(null)}
          onChange={(change) => actions.change(editing.id, change)}
        />
      )}
    </section>
  );
}

function ReachLine({ reach, onEdit, actions }: { reach: Reach; onEdit: () => void; actions: ReachActions }) {
  const { t } = useTranslation();
  const Icon = icons[reach.kind];
  const bad = reach.state !== 'good';
  const notes = [
    bad && t(`reachState.${reach.state}`),
    reach.unreadable && t('person.unreadable'),
    reach.kind === 'phone' && reach.voicemail !== 'unknown' && t(`voicemail.${reach.voicemail}`),
    reach.best_times,
    reach.shared_with > 0 && t('person.sharedWith', { count: reach.shared_with }),
  ].filter(Boolean);
  return (
    <li className="group flex gap-2.5">
      <Icon aria-hidden size={15} strokeWidth={1.6} className="mt-0.75 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className={bad ? 'text-ink-3 line-through' : undefined}>
          <span
            dir="auto"
            className={cx('[overflow-wrap:anywhere] select-text', reach.kind === 'phone' && 'tnum')}
          >
            {reach.shown}
          </span>
          {reach.label && <span className="text-ink-3"> {reach.label}</span>}
        </p>
        {notes.length > 0 && <p className="text-small text-ink-3">{dotted(notes)}</p>}
      </div>
      <Menu
        label={t('person.reachMenu', { reach: reach.shown })}
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t('person.reachMenu', { reach: reach.shown })}
            className="-mt-1.5 -me-2"
          />
        }
        entries={[
          { id: 'edit', label: t('person.changeReach'), onAction: onEdit },
          ...(bad
            ? [
                {
                  id: 'good',
                  label: t('person.reachIsGood'),
                  onAction: () => void actions.change(reach.id, { state: 'good' }),
                },
              ]
            : [
                {
                  id: 'wrong',
                  label: t('person.reachIsWrong'),
                  onAction: () => void actions.change(reach.id, { state: 'wrong' }),
                },
              ]),
          {
            id: 'remove',
            label: t('person.removeReach'),
            danger: true,
            separate: true,
            onAction: () => void actions.remove(reach.id),
          },
        ]}
      />
    </li>
  );
}

function AddReach({ onClose, onAdd }: { onClose: () => void; onAdd: (reach: NewReach) => Promise<unknown> }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReachKind>('phone');
  const [typed, setTyped] = useState('');
  const [label, setLabel] = useState('');
  return (
    <FormDialog
      title={t('person.addReach')}
      submit={t('common.save')}
      isReady={typed.trim() !== ''}
      onSubmit={() => onAdd({ kind, typed, label })}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Select
            label={t('person.reachKind')}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: t(`reachKind.${value}`) }))}
          />
          <Field
            label={t(`reachKind.${kind}`)}
            value={typed}
            onChange={setTyped}
            autoFocus
            error={error}
            rows={kind === 'post' ? 3 : undefined}
            inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'text'}
          />
          <Field
            label={t('person.reachLabel')}
            value={label}
            onChange={setLabel}
            description={t('person.reachLabelHint')}
          />
        </>
      )}
    </FormDialog>
  );
}

function ChangeReach({
  reach,
  onClose,
  onChange,
}: {
  reach: Reach;
  onClose: () => void;
  onChange: (change: ReachChange) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [label, setLabel] = useState(reach.label);
  const [state, setState] = useState(reach.state);
  const [voicemail, setVoicemail] = useState(reach.voicemail);
  const [times, setTimes] = useState(reach.best_times);
  return (
    <FormDialog
      title={reach.shown}
      submit={t('common.save')}
      onSubmit={() => onChange({ label, state, voicemail, best_times: times })}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field label={t('person.reachLabel')} value={label} onChange={setLabel} autoFocus error={error} />
          <Select
            label={t('person.reachState')}
            value={state}
            onChange={setState}
            options={reachStateOptions(t, reach.kind)}
          />
          {reach.kind === 'phone' && (
            <>
              <Select
                label={t('person.voicemail')}
                value={voicemail}
                onChange={setVoicemail}
                options={voicemailOptions(t)}
              />
              <Field
                label={t('person.bestTimes')}
                value={times}
                onChange={setTimes}
                description={t('person.bestTimesHint')}
              />
            </>
          )}
        </>
      )}
    </FormDialog>
  );
}
