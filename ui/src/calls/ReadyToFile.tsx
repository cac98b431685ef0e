import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filed, Outcome } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { dotted } from '../shared/bidi';
import { cx } from '../shared/cx';
import { Field, Select } from '../shared/Field';
import { Kbd, ariaKeys } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { usePad } from '../shared/pad';
import { errorMessage, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { useVolunteers } from '../team/queries';
import { useSession } from '../team/session';
import { labelOf, spanOf } from './OutcomeWizard';
import { bounceMs, usePressGuard } from './pressGuard';
import type { FilingState, ForOthers } from './useFiling';
import type { Jot, JotPad } from './useJot';

const fileId = 'file-call';
const beside = ['note', 'organiser'] as const;

/** Everything is answered: what would be filed, for whom a word is left, and who keeps what comes next. */
export function ReadyToFile({
  outcome,
  desk,
  forOthers,
  jot,
  keptBy,
  onFiled,
}: {
  outcome: Outcome;
  desk: FilingState;
  forOthers: JotPad<ForOthers>;
  jot: Jot;
  keptBy: string | null;
  onFiled: (filed: Filed) => void;
}) {
  const { t } = useTranslation();
  const { volunteer } = useSession();
  const { data: volunteers = [] } = useVolunteers();
  const here = volunteers.filter((each) => !each.left);
  const [chosen, setChosen] = useState<string>(keptBy ?? volunteer.id);
  const keeper = here.length === 0 || here.some((each) => each.id === chosen) ? chosen : volunteer.id;
  const [unsaved, setUnsaved] = useState<string | null>(null);
  const { words, state } = usePad(forOthers);
  const [opened, setOpened] = useState<readonly (keyof ForOthers)[]>([]);
  const guard = usePressGuard();
  const [shownAtMs] = useState(() => performance.now());
  const { next } = outcome;
  const isIdle = desk.pending === null;
  const file = async () => {
    setUnsaved(null);
    try {
      // What was noted and learned goes into the book with the call: it must be there first.
      await jot.flush();
    } catch (reason) {
      setUnsaved(errorMessage(reason));
      return;
    }
    const filed = await desk.file(keeper);
    if (filed) onFiled(filed);
  };
  const open = (which: keyof ForOthers) => {
    setOpened((before) => [...before, which]);
    requestAnimationFrame(() => document.getElementById(`for-others-${which}`)?.focus());
  };
  useKeys([
    { keys: 'Enter', label: 'calls.key.file', enabled: isIdle, run: () => void file() },
    { keys: 'mod+Enter', whileTyping: true, enabled: isIdle, run: () => void file() },
    {
      keys: '1',
      enabled: isIdle,
      // The same key took the proposal: a heavy finger does not file.
      run: (event) => void (guard.admits(event) && event.timeStamp - shownAtMs > bounceMs && file()),
    },
    { keys: '2', enabled: isIdle, run: (event) => guard.admits(event) && open('note') },
    { keys: '3', enabled: isIdle, run: (event) => guard.admits(event) && open('organiser') },
  ]);
  return (
    <>
      <div>
        <SectionLabel className="mb-1.5">
          {next.kind === 'promise' ? t('calls.outcome.nextPromise') : t('calls.outcome.closes')}
        </SectionLabel>
        <NextCard
          outcome={outcome}
          keeper={
            keeper === volunteer.id
              ? t('calls.outcome.you')
              : (here.find((each) => each.id === keeper)?.name ?? null)
          }
        />
      </div>
      {next.kind === 'promise' && here.length > 1 && (
        <Select
          label={t('calls.outcome.keeper')}
          value={keeper}
          onChange={setChosen}
          options={here.map((each) => ({
            value: each.id,
            label: each.id === volunteer.id ? t('calls.outcome.youNamed', { name: each.name }) : each.name,
          }))}
        />
      )}
      {unsaved && (
        <Notice>
          <span role="alert">{unsaved}</span> {t('calls.outcome.stillOpen')}
        </Notice>
      )}
      <Button
        id={fileId}
        autoFocus
        look="primary"
        className="self-start"
        isDisabled={!isIdle}
        onPress={() => void file()}
      >
        {t('calls.outcome.file')}
        <Kbd keys="1" onGreen />
        <Kbd keys="Enter" onGreen />
      </Button>
      <div className="flex flex-col gap-2.5">
        {beside.map((which, index) =>
          words[which] !== '' || opened.includes(which) ? (
            <div
              key={which}
              data-beside
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                // It is written down already; the next Enter files.
                event.preventDefault();
                event.stopPropagation();
                document.getElementById(fileId)?.focus();
              }}
            >
              <Field
                id={`for-others-${which}`}
                label={t(`calls.outcome.${which}`)}
                rows={2}
                value={words[which]}
                onChange={(value) => forOthers.change({ [which]: value })}
                placeholder={t(`calls.placeholder.${which}`)}
                description={which === 'organiser' ? t('calls.outcome.organiserHint') : undefined}
              />
            </div>
          ) : (
            <button
              key={which}
              type="button"
              aria-keyshortcuts={ariaKeys(String(index + 2))}
              onClick={() => open(which)}
              className="flex min-h-6 items-center gap-2 self-start rounded-small text-start text-small text-ink-2 hover:text-ink"
            >
              <Kbd keys={String(index + 2)} />
              <span>{t(`calls.outcome.add.${which}`)}</span>
            </button>
          ),
        )}
        <p role="status" className={cx('text-small text-brick', state !== 'failed' && 'sr-only')}>
          {state === 'failed' ? t('calls.notes.failed') : ''}
        </p>
      </div>
    </>
  );
}

function NextCard({ outcome, keeper }: { outcome: Outcome; keeper: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { next } = outcome;
  return (
    <div className="rounded-box border border-line bg-paper px-3.5 py-3">
      {next.kind === 'promise' ? (
        <>
          <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
            {next.what}
          </p>
          <p className="text-ink-2">
            {dotted([labelOf('promise_means', next.means, t), spanOf(next.from, next.due, format), keeper])}
          </p>
        </>
      ) : (
        <>
          <p className="font-semibold">{labelOf('close_reason', next.reason, t)}</p>
          {next.words && (
            <p dir="auto" className="text-ink-2 [overflow-wrap:anywhere]">
              {next.words}
            </p>
          )}
        </>
      )}
    </div>
  );
}
