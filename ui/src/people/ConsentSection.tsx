import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReachKind, Consent } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { FormDialog } from '../shared/FormDialog';
import { Checkbox, Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { dotted } from '../shared/bidi';
import { useFormat } from '../shared/time';
import { channels } from './options';

/** May we, since when, and how we know; for each way there is. */
export function ConsentSection({
  consents,
  doNotCall,
  onDoNotCall,
  onSet,
}: {
  consents: Consent[];
  doNotCall: boolean;
  onDoNotCall: (on: boolean) => void;
  onSet: (channel: ReachKind, allowed: boolean, how: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState<{ channel: ReachKind; allowed: boolean } | null>(null);
  return (
    <section>
      <SectionLabel className="mb-2">{t('person.consent')}</SectionLabel>
      <ul className="flex flex-col gap-2">
        {channels.map((channel) => {
          const known = consents.find((consent) => consent.channel === channel);
          const allowed = known?.allowed ?? true;
          return (
            <li key={channel} className="flex items-start gap-3">
              <div className="min-w-0 flex-1">
                <p>{t(`consent.${channel}.${known ? (allowed ? 'yes' : 'no') : 'unknown'}`)}</p>
                {known && (
                  <p dir="auto" className="text-small text-ink-3">
                    {dotted([format.day(known.since_ms), known.how])}
                  </p>
                )}
              </div>
              <Button
                size="small"
                look="quiet"
                className="-my-1.5 -me-2"
                onPress={() => setAsking({ channel, allowed: known ? !allowed : true })}
                aria-label={t('person.changeConsent', { channel: t(`reachKind.${channel}`) })}
              >
                {t('common.change')}
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="mt-3">
        <Checkbox isSelected={doNotCall} onChange={onDoNotCall}>
          {t('person.doNotCall')}
        </Checkbox>
      </div>
      {asking && (
        <AskHow
          channel={asking.channel}
          allowed={asking.allowed}
          onClose={() => setAsking(null)}
          onSet={(allowed, how) => onSet(asking.channel, allowed, how)}
        />
      )}
    </section>
  );
}

function AskHow({
  channel,
  allowed: initial,
  onClose,
  onSet,
}: {
  channel: ReachKind;
  allowed: boolean;
  onClose: () => void;
  onSet: (allowed: boolean, how: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [allowed, setAllowed] = useState(initial);
  const [how, setHow] = useState('');
  return (
    <FormDialog
      title={t(`consent.${channel}.question`)}
      submit={t('common.save')}
      onSubmit={() => onSet(allowed, how)}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Checkbox isSelected={allowed} onChange={setAllowed}>
            {t(`consent.${channel}.yes`)}
          </Checkbox>
          <Field
            label={t('person.howWeKnow')}
            value={how}
            onChange={setHow}
            autoFocus
            placeholder={t('person.howWeKnowHint')}
            error={error}
          />
        </>
      )}
    </FormDialog>
  );
}
