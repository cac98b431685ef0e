import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Association, type Standards } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Checkbox, Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { showDone } from '../shared/Toast';
import { TimeField } from './HoursEditor';
import { readMinute, showMinute } from './hours';
import { PlaceFields } from './PlaceFields';
import { Section, SettingsForm } from './Section';
import { useSaving } from './settings';

export function AssociationSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const { association } = standards;
  const [draft, setDraft] = useState<Association>(association);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(association);
  return (
    <Section title={t('team.association.title')} sentence={t('team.association.sentence')}>
      <SettingsForm
        isDirty={isDirty}
        isValid={draft.name.trim() !== '' && draft.zone !== ''}
        saving={saving}
        onReset={() => setDraft(association)}
        onSave={() =>
          void saving
            .save(() => run(commands.saveAssociation({ ...draft, name: draft.name.trim() })))
            .then((isDone) => isDone && showDone(t('team.saved')))
        }
      >
        <Field
          label={t('team.association.name')}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={draft.name.trim() === '' ? t('book.first.needsName') : null}
        />
        <PlaceFields
          country={draft.country}
          zone={draft.zone}
          onChange={(place) => setDraft({ ...draft, ...place })}
        />
        <Field
          label={t('team.association.phone')}
          description={t('team.association.phoneHint')}
          dir="ltr"
          value={draft.phone ?? ''}
          onChange={(phone) => setDraft({ ...draft, phone })}
        />
      </SettingsForm>
    </Section>
  );
}

/** When people may be rung, on their clock; and when this desktop keeps silent, on ours. */
export function RingingSettings({ standards }: { standards: Standards }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const { association } = standards;
  const typedOf = (of: Association) => ({
    callFrom: showMinute(of.calling_from_minute),
    callTo: showMinute(of.calling_to_minute),
    weekend: of.calling_weekend,
    isQuiet: of.quiet_from_minute !== of.quiet_to_minute,
    quietFrom: showMinute(of.quiet_from_minute),
    quietTo: showMinute(of.quiet_to_minute),
  });
  const [typed, setTyped] = useState(() => typedOf(association));
  const callFrom = readMinute(typed.callFrom);
  const callTo = readMinute(typed.callTo);
  const quietFrom = readMinute(typed.quietFrom);
  const quietTo = readMinute(typed.quietTo);
  const isCallingRight = callFrom !== null && callTo !== null && callFrom < callTo;
  const isQuietRight =
    !typed.isQuiet || (quietFrom !== null && quietTo !== null && quietFrom < 1440 && quietTo < 1440);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(typedOf(association));
  return (
    <Section title={t('team.ringing.title')} sentence={t('team.ringing.sentence')}>
      <SettingsForm
        isDirty={isDirty}
        isValid={isCallingRight && isQuietRight}
        saving={saving}
        onReset={() => setTyped(typedOf(association))}
        onSave={() =>
          void saving
            .save(() =>
              run(
                commands.saveAssociation({
                  ...association,
                  calling_from_minute: callFrom!,
                  calling_to_minute: callTo!,
                  calling_weekend: typed.weekend,
                  // The same minute twice: never.
                  quiet_from_minute: typed.isQuiet ? quietFrom! : 0,
                  quiet_to_minute: typed.isQuiet ? quietTo! : 0,
                }),
              ),
            )
            .then((isDone) => isDone && showDone(t('team.saved')))
        }
      >
        <div className="flex flex-col gap-3">
          <SectionLabel level={3}>{t('team.ringing.calling')}</SectionLabel>
          <div className="flex items-center gap-2">
            <TimeField
              label={t('team.ringing.callFrom')}
              value={typed.callFrom}
              onChange={(callFrom) => setTyped({ ...typed, callFrom })}
              isInvalid={!isCallingRight}
            />
            <span className="text-ink-3">{t('team.hours.to')}</span>
            <TimeField
              label={t('team.ringing.callTo')}
              value={typed.callTo}
              onChange={(callTo) => setTyped({ ...typed, callTo })}
              isInvalid={!isCallingRight}
            />
            <span className="ms-1 text-ink-2">{t('team.ringing.theirClock')}</span>
          </div>
          {!isCallingRight && (
            <p role="alert" className="text-small text-brick">
              {t('team.hours.backwards')}
            </p>
          )}
          <Checkbox isSelected={typed.weekend} onChange={(weekend) => setTyped({ ...typed, weekend })}>
            {t('team.ringing.weekend')}
          </Checkbox>
        </div>
        <div className="flex flex-col gap-3 border-t border-line pt-5">
          <SectionLabel level={3}>{t('team.ringing.quiet')}</SectionLabel>
          <Checkbox
            isSelected={typed.isQuiet}
            onChange={(isQuiet) =>
              setTyped({
                ...typed,
                isQuiet,
                ...(isQuiet && typed.quietFrom === typed.quietTo
                  ? { quietFrom: '20:00', quietTo: '8:00' }
                  : {}),
              })
            }
            description={t('team.ringing.quietHint')}
          >
            {t('team.ringing.quietOn')}
          </Checkbox>
          {typed.isQuiet && (
            <div className="flex items-center gap-2">
              <TimeField
                label={t('team.ringing.quietFrom')}
                value={typed.quietFrom}
                onChange={(quietFrom) => setTyped({ ...typed, quietFrom })}
                isInvalid={!isQuietRight}
              />
              <span className="text-ink-3">{t('team.hours.to')}</span>
              <TimeField
                label={t('team.ringing.quietTo')}
                value={typed.quietTo}
                onChange={(quietTo) => setTyped({ ...typed, quietTo })}
                isInvalid={!isQuietRight}
              />
              <span className="ms-1 text-ink-2">{t('team.ringing.ourClock')}</span>
            </div>
          )}
          {!isQuietRight && (
            <p role="alert" className="text-small text-brick">
              {t('team.hours.unreadable')}
            </p>
          )}
        </div>
      </SettingsForm>
    </Section>
  );
}
