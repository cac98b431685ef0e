import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { DayField } from '../shared/DateFields';
import { Dialog } from '../shared/Dialog';
import { Checkbox, Field } from '../shared/Field';
import { errorMessage } from '../shared/States';
import { useFormat } from '../shared/time';
import { daysAfter } from './days';

/** What is refused is said beside the words, and nothing typed is lost. */
function useTrying(work: () => Promise<unknown>) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async () => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (reason) {
      setError(errorMessage(reason));
      setBusy(false);
    }
  };
  return { error, isBusy, attempt };
}

/** Something that is done with a reason. */
export function WhyDialog({
  title,
  label,
  confirm,
  onClose,
  onDone,
}: {
  title: string;
  label: string;
  confirm: string;
  onClose: () => void;
  onDone: (why: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const { error, isBusy, attempt } = useTrying(() => onDone(why.trim()));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      size="small"
      isDismissable={why === ''}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="plan-why" isDisabled={!why.trim() || isBusy}>
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id="plan-why"
        onSubmit={(event) => {
          event.preventDefault();
          if (why.trim()) void attempt();
        }}
      >
        <Field label={label} autoFocus value={why} onChange={setWhy} error={error} />
      </form>
    </Dialog>
  );
}

const usualDays = 14;

/** Until a day, or until somebody lets it go on. */
export function HoldDialog({
  name,
  onClose,
  onHold,
}: {
  name: string;
  onClose: () => void;
  onHold: (untilDay: string | null, why: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpenEnded, setOpenEnded] = useState(false);
  const [until, setUntil] = useState(() => daysAfter(format.dayKey(format.nowMs), usualDays));
  const [why, setWhy] = useState('');
  const { error, isBusy, attempt } = useTrying(() => onHold(isOpenEnded ? null : until, why.trim()));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('plans.hold.title', { name })}
      size="small"
      isDismissable={why === ''}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="plan-hold" isDisabled={isBusy}>
            {t('plans.hold.do')}
          </Button>
        </>
      }
    >
      <form
        id="plan-hold"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt();
        }}
      >
        <p className="text-ink-2">{t('plans.hold.sentence')}</p>
        <Field label={t('plans.run.why')} autoFocus value={why} onChange={setWhy} error={error} />
        {!isOpenEnded && <DayField label={t('plans.hold.day')} value={until} onChange={setUntil} />}
        <Checkbox isSelected={isOpenEnded} onChange={setOpenEnded}>
          {t('plans.hold.open')}
        </Checkbox>
      </form>
    </Dialog>
  );
}
