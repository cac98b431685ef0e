import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type MailServer } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field, Select } from '../shared/Field';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { showDone } from '../shared/Toast';
import { Section, SettingsForm } from '../team/Section';
import { useIsDirector, useSaving, useStandards } from '../team/settings';
import { useMailServer } from './queries';

const ports = { tls: 465, starttls: 587, none: 25 } as const;
const securities = Object.keys(ports) as (keyof typeof ports)[];

/** The server that e-mail is handed to. Its password goes to this computer's keyring alone. */
export function MailSettings() {
  const { t } = useTranslation();
  const { data: server, error, refetch } = useMailServer();
  const { data: standards } = useStandards();
  return (
    <Section title={t('mail.settings.title')} sentence={t('mail.settings.sentence')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : server === undefined || !standards ? (
        <Skeleton rows={4} />
      ) : (
        <Form key={JSON.stringify(server)} server={server} association={standards.association.name} />
      )}
    </Section>
  );
}

function Form({ server, association }: { server: MailServer | null; association: string }) {
  const { t } = useTranslation();
  const isDirector = useIsDirector();
  const saving = useSaving();
  const kept: MailServer = server ?? {
    host: '',
    port: ports.tls,
    security: 'tls',
    user_name: '',
    sender_name: association,
    sender_address: '',
  };
  const [draft, setDraft] = useState(kept);
  const [password, setPassword] = useState('');
  const [tested, setTested] = useState<{ isFine: boolean; words: string } | null>(null);
  const [isTesting, setTesting] = useState(false);
  const change = (part: Partial<MailServer>) => {
    setTested(null);
    setDraft({ ...draft, ...part });
  };
  const isDirty = password !== '' || JSON.stringify(draft) !== JSON.stringify(kept);
  const test = async () => {
    setTesting(true);
    setTested(null);
    try {
      const said = await run(commands.sendTestMail(draft, password || null));
      setTested({
        isFine: true,
        words: t('mail.settings.tested', { address: draft.sender_address, words: said }),
      });
    } catch (reason) {
      setTested({ isFine: false, words: errorMessage(reason) });
    }
    setTesting(false);
  };
  const isDisabled = !isDirector;
  return (
    <SettingsForm
      isDirty={isDirty}
      saving={saving}
      onReset={() => {
        setDraft(kept);
        setPassword('');
        setTested(null);
        saving.clear();
      }}
      onSave={() =>
        void saving
          .save(() => run(commands.saveMailServer(draft, password || null)))
          .then((done) => {
            if (!done) return;
            setPassword('');
            showDone(t('mail.settings.saved'));
          })
      }
    >
      <div className="grid gap-4 pair:grid-cols-[minmax(0,1fr)_11rem_6rem]">
        <Field
          label={t('mail.settings.host')}
          dir="ltr"
          placeholder={t('mail.settings.hostExample')}
          isDisabled={isDisabled}
          value={draft.host}
          onChange={(host) => change({ host })}
        />
        <Select
          label={t('mail.settings.security')}
          isDisabled={isDisabled}
          value={draft.security}
          onChange={(security) => change({ security, port: ports[security] })}
          options={securities.map((value) => ({ value, label: t(`mail.settings.securities.${value}`) }))}
        />
        <Field
          label={t('mail.settings.port')}
          inputMode="numeric"
          dir="ltr"
          isDisabled={isDisabled}
          value={draft.port ? String(draft.port) : ''}
          onChange={(port) =>
            change({ port: Math.min(65_535, Number.parseInt(port.replaceAll(/\D/g, ''), 10) || 0) })
          }
        />
      </div>
      <div className="grid gap-4 pair:grid-cols-2">
        <Field
          label={t('mail.settings.user')}
          description={t('mail.settings.userHint')}
          dir="ltr"
          autoComplete="off"
          isDisabled={isDisabled}
          value={draft.user_name}
          onChange={(user_name) => change({ user_name })}
        />
        <Field
          label={t('mail.settings.password')}
          description={t(server?.user_name ? 'mail.settings.passwordKept' : 'mail.settings.passwordHint')}
          type="password"
          dir="ltr"
          autoComplete="off"
          isDisabled={isDisabled}
          value={password}
          onChange={(typed) => {
            setTested(null);
            setPassword(typed);
          }}
        />
        <Field
          label={t('mail.settings.senderName')}
          isDisabled={isDisabled}
          value={draft.sender_name}
          onChange={(sender_name) => change({ sender_name })}
        />
        <Field
          label={t('mail.settings.senderAddress')}
          type="email"
          dir="ltr"
          isDisabled={isDisabled}
          value={draft.sender_address}
          onChange={(sender_address) => change({ sender_address })}
        />
      </div>
      {isDirector && (
        <div className="flex flex-wrap items-center gap-2.5 border-t border-line pt-5">
          <Button isDisabled={isTesting || !draft.host || !draft.sender_address} onPress={() => void test()}>
            {isTesting ? t('mail.settings.testing') : t('mail.settings.test')}
          </Button>
          {server && (
            <Button
              look="quiet"
              isDisabled={saving.isSaving}
              onPress={() =>
                void saving
                  .save(() => run(commands.saveMailServer(null, null)))
                  .then((done) => done && showDone(t('mail.settings.forgotten')))
              }
            >
              {t('mail.settings.forget')}
            </Button>
          )}
        </div>
      )}
      {tested && (
        <Notice tone={tested.isFine ? 'good' : 'plain'}>
          <span role={tested.isFine ? 'status' : 'alert'}>{tested.words}</span>
        </Notice>
      )}
    </SettingsForm>
  );
}
