import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Code, type Error as Fault, type Status, type Typed } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { errorMessage, Notice } from '../shared/States';
import { Front } from './Front';
import { FirstRun } from './FirstRun';

/** A book that is not there, or does not open: what happened, and every way out. */
export function FaultScreen({ status, fault }: { status: Status; fault: Fault }) {
  switch (fault.code) {
    case 'no_book':
      return <FirstRun />;
    case 'key_needed':
    case 'wrong_key':
      return <Unlock status={status} fault={fault} />;
    case 'book_damaged':
      return <Damaged status={status} fault={fault} />;
    default:
      return <Other status={status} fault={fault} />;
  }
}

const known = ['keyring_locked', 'book_busy', 'book_newer', 'read_only', 'disk_full'] as const;
type Known = (typeof known)[number];
const titleOf = (code: Code): Known | 'other' => known.find((each) => each === code) ?? 'other';

function Other({ status, fault }: { status: Status; fault: Fault }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isTyping, setTyping] = useState(false);
  const [isTrying, setTrying] = useState(false);
  if (isTyping) return <Unlock status={status} fault={fault} onBack={() => setTyping(false)} />;
  const kind = titleOf(fault.code);
  const again = async () => {
    setTrying(true);
    await client.refetchQueries({ queryKey: ['status'] });
    setTrying(false);
  };
  return (
    <Front title={t(`book.fault.${kind}.title`)} sentence={t(`book.fault.${kind}.sentence`)}>
      <Said fault={fault} status={status} />
      <div className="flex flex-wrap gap-2.5">
        <Button look="primary" autoFocus isDisabled={isTrying} onPress={() => void again()}>
          {t('error.retry')}
        </Button>
        {fault.code === 'keyring_locked' && (
          <Button onPress={() => setTyping(true)}>
            {status.has_passphrase ? t('book.unlock.usePassphrase') : t('book.unlock.useKey')}
          </Button>
        )}
      </div>
    </Front>
  );
}

/** The core's own words, and which folder they are about. */
function Said({ fault, status }: { fault: Fault; status: Status }) {
  const { t } = useTranslation();
  return (
    <div className="rounded-box border border-line bg-surface px-4 py-3">
      <p className="[overflow-wrap:anywhere] text-ink-2 select-text">{fault.message}</p>
      <p className="mt-2 text-small text-ink-3">
        {t('book.fault.folder')}{' '}
        <span dir="ltr" className="[overflow-wrap:anywhere] select-text">
          {status.folder}
        </span>
      </p>
    </div>
  );
}

type Way = 'passphrase' | 'recovery_key';

/** The passphrase, or the printed key: whichever is at hand. */
function TypedKey({
  hasPassphrase,
  submit,
  onSubmit,
  onBack,
}: {
  hasPassphrase: boolean;
  submit: string;
  onSubmit: (typed: Typed) => Promise<unknown>;
  onBack?: () => void;
}) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>(hasPassphrase ? 'passphrase' : 'recovery_key');
  const [typed, setTyped] = useState({ passphrase: '', recovery_key: '' });
  const [fault, setFault] = useState<string | null>(null);
  const [isTrying, setTrying] = useState(false);
  const busy = useRef(false);
  const value = typed[way];
  const go = async () => {
    if (busy.current || !value.trim()) return;
    busy.current = true;
    setTrying(true);
    setFault(null);
    try {
      await onSubmit(way === 'passphrase' ? { passphrase: value } : { recovery_key: value.trim() });
    } catch (reason) {
      setFault(errorMessage(reason));
    } finally {
      busy.current = false;
      setTrying(false);
    }
  };
  const other: Way = way === 'passphrase' ? 'recovery_key' : 'passphrase';
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <Field
        key={way}
        autoFocus
        label={t(`book.unlock.${way}`)}
        type={way === 'passphrase' ? 'password' : 'text'}
        dir={way === 'passphrase' ? 'auto' : 'ltr'}
        autoComplete="off"
        spellCheck="false"
        value={value}
        onChange={(words) => setTyped({ ...typed, [way]: words })}
        description={t(`book.unlock.${way}Hint`)}
        error={fault}
      />
      <div className="flex flex-wrap items-center justify-between gap-2.5">
        {hasPassphrase || way === 'passphrase' ? (
          <Button
            look="quiet"
            className="-ms-3.5"
            onPress={() => {
              setWay(other);
              setFault(null);
            }}
          >
            {other === 'passphrase' ? t('book.unlock.usePassphrase') : t('book.unlock.useKey')}
          </Button>
        ) : (
          <span />
        )}
        <span className="flex gap-2.5">
          {onBack && <Button onPress={onBack}>{t('common.back')}</Button>}
          <Button look="primary" type="submit" keyHint="Enter" isDisabled={isTrying || !value.trim()}>
            {isTrying ? t('book.unlock.trying') : submit}
          </Button>
        </span>
      </div>
    </form>
  );
}

function Unlock({ status, fault, onBack }: { status: Status; fault: Fault; onBack?: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Front
      title={t('book.unlock.title')}
      sentence={status.has_passphrase ? t('book.unlock.sentence') : t('book.unlock.sentenceKeyOnly')}
    >
      {fault.code === 'wrong_key' && <Notice>{fault.message}</Notice>}
      <TypedKey
        hasPassphrase={status.has_passphrase}
        submit={t('book.unlock.open')}
        onBack={onBack}
        onSubmit={async (typed) => {
          client.setQueryData(['status'], await run(commands.unlockBook(typed)));
        }}
      />
    </Front>
  );
}

function Damaged({ status, fault }: { status: Status; fault: Fault }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [needsKey, setNeedsKey] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isRestoring, setRestoring] = useState(false);
  const restore = async (typed: Typed | null) => {
    await run(commands.restoreLastBackup(typed));
    await client.invalidateQueries();
  };
  const start = async () => {
    setRestoring(true);
    setError(null);
    try {
      await restore(null);
    } catch (reason) {
      const code = typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : null;
      if (code === 'key_needed' || code === 'keyring_locked' || code === 'wrong_key') setNeedsKey(true);
      else setError(errorMessage(reason));
    } finally {
      setRestoring(false);
    }
  };
  return (
    <Front title={t('book.fault.damaged.title')} sentence={t('book.fault.damaged.sentence')}>
      <Said fault={fault} status={status} />
      {error && (
        <Notice>
          <span role="alert">{error}</span>
        </Notice>
      )}
      {needsKey ? (
        <TypedKey
          hasPassphrase={status.has_passphrase}
          submit={t('book.fault.damaged.restore')}
          onSubmit={restore}
          onBack={() => setNeedsKey(false)}
        />
      ) : (
        <div className="flex flex-wrap gap-2.5">
          <Button look="primary" autoFocus isDisabled={isRestoring} onPress={() => void start()}>
            {isRestoring ? t('book.fault.damaged.restoring') : t('book.fault.damaged.restore')}
          </Button>
          <Button
            isDisabled={isRestoring}
            onPress={() => void client.refetchQueries({ queryKey: ['status'] })}
          >
            {t('error.retry')}
          </Button>
        </div>
      )}
    </Front>
  );
}
