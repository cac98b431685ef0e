import { CircleCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Checked } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { ConfirmDialog, Dialog } from '../shared/Dialog';
import { FormDialog } from '../shared/FormDialog';
import { Notice } from '../shared/States';
import { showDone } from '../shared/Toast';
import { Section } from '../team/Section';
import { useSession } from '../team/session';
import { useIsDirector, useSaving } from '../team/settings';
import { useStatus } from '../team/queries';
import { PassphraseFields, passphraseFault } from './PassphraseFields';
import { RecoveryKeyCard } from './RecoveryKey';

function Act({ title, sentence, children }: { title: string; sentence: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line py-4 first:pt-0 last:border-b-0">
      <div className="min-w-60 flex-1">
        <h3 className="font-semibold">{title}</h3>
        <div className="text-ink-2">{sentence}</div>
      </div>
      {children}
    </div>
  );
}

/** The book's backups, its health, and the keys to it. */
export function SafetySettings() {
  const { t } = useTranslation();
  const { association } = useSession();
  const isDirector = useIsDirector();
  const { data: status } = useStatus();
  const saving = useSaving();
  const [backup, setBackup] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [isChanging, setChanging] = useState(false);
  const [isRenewing, setRenewing] = useState(false);
  const [newKey, setNewKey] = useState<string | null>(null);
  const hasPassphrase = status?.has_passphrase ?? false;
  return (
    <Section title={t('book.safety.title')} sentence={t('book.safety.sentence')}>
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      <div>
        <Act
          title={t('book.safety.backup')}
          sentence={
            backup ? (
              <span role="status">
                {t('book.safety.backedUp')}{' '}
                <span dir="ltr" className="text-small [overflow-wrap:anywhere] select-text">
                  {backup}
                </span>
              </span>
            ) : (
              t('book.safety.backupHint')
            )
          }
        >
          <span className="flex gap-2.5">
            {backup && (
              <Button onPress={() => void saving.save(() => run(commands.showFile(backup)))}>
                {t('export.show')}
              </Button>
            )}
            <Button
              isDisabled={saving.isSaving}
              onPress={() => void saving.save(async () => setBackup(await run(commands.backUp())))}
            >
              {t('book.safety.backupDo')}
            </Button>
          </span>
        </Act>
        <Act
          title={t('book.safety.check')}
          sentence={
            checked ? (
              checked.ok ? (
                <span role="status" className="flex items-center gap-1.5">
                  <CircleCheck aria-hidden size={15} className="text-green" />
                  {t('book.safety.whole')}
                </span>
              ) : (
                <ul role="status" className="list-disc ps-4 text-brick select-text">
                  {checked.findings.map((finding, index) => (
                    <li key={index}>{finding}</li>
                  ))}
                </ul>
              )
            ) : (
              t('book.safety.checkHint')
            )
          }
        >
          <Button
            isDisabled={saving.isSaving}
            onPress={() => void saving.save(async () => setChecked(await run(commands.checkBook())))}
          >
            {t('book.safety.checkDo')}
          </Button>
        </Act>
        {isDirector && (
          <>
            <Act
              title={t('book.safety.passphrase')}
              sentence={hasPassphrase ? t('book.safety.hasPassphrase') : t('book.safety.noPassphrase')}
            >
              <Button onPress={() => setChanging(true)}>
                {hasPassphrase ? t('book.safety.changePassphrase') : t('book.safety.setPassphrase')}
              </Button>
            </Act>
            <Act title={t('book.safety.key')} sentence={t('book.safety.keyHint')}>
              <Button onPress={() => setRenewing(true)}>{t('book.safety.keyDo')}</Button>
            </Act>
          </>
        )}
      </div>
      {isChanging && <PassphraseDialog onClose={() => setChanging(false)} />}
      <ConfirmDialog
        isOpen={isRenewing}
        onClose={() => setRenewing(false)}
        title={t('book.safety.renewTitle')}
        body={t('book.safety.renewBody')}
        confirm={t('book.safety.renewDo')}
        isPending={saving.isSaving}
        onConfirm={() =>
          void saving
            .save(async () => setNewKey(await run(commands.renewRecoveryKey())))
            .then(() => setRenewing(false))
        }
      />
      {newKey && (
        <Dialog isOpen onClose={() => {}} title={t('book.key.title')} isDismissable={false}>
          <p className="mb-4 text-ink-2">{t('book.key.sentence')}</p>
          <RecoveryKeyCard value={newKey} association={association.name} onDone={() => setNewKey(null)} />
        </Dialog>
      )}
    </Section>
  );
}

function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  return (
    <FormDialog
      title={t('book.safety.setPassphrase')}
      submit={t('common.save')}
      isReady={passphrase !== ''}
      isDismissable={passphrase === ''}
      onSubmit={async () => {
        const fault = passphraseFault(passphrase, again, t);
        if (fault) throw new Error(fault);
        await run(commands.setPassphrase(passphrase));
        showDone(t('book.safety.passphraseSet'));
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <PassphraseFields
            passphrase={passphrase}
            again={again}
            onPassphrase={setPassphrase}
            onAgain={setAgain}
          />
          {error && (
            <Notice>
              <span role="alert">{error}</span>
            </Notice>
          )}
        </>
      )}
    </FormDialog>
  );
}
