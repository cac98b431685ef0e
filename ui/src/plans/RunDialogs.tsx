import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../shared/DateFields';
import { Checkbox, Field } from '../shared/Field';
import { FormDialog } from '../shared/FormDialog';
import { useFormat } from '../shared/time';
import { daysAfter } from './days';

/** Something that is done with a reason. */
export function WhyDialog({
  title,
  confirm,
  onClose,
  onDone,
}: {
  title: string;
  confirm: string;
  onClose: () => void;
  onDone: (why: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  return (
    <FormDialog
      title={title}
      submit={confirm}
      isReady={why.trim() !== ''}
      isDismissable={why === ''}
      onSubmit={() => onDone(why.trim())}
      onClose={onClose}
    >
      {(error) => <Field label={t('plans.run.why')} autoFocus value={why} onChange={setWhy} error={error} />}
    </FormDialog>
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
  return (
    <FormDialog
      title={t('plans.hold.title', { name })}
      submit={t('plans.hold.do')}
      isDismissable={why === ''}
      onSubmit={() => onHold(isOpenEnded ? null : until, why.trim())}
      onClose={onClose}
    >
      {(error) => (
        <>
          <p className="text-ink-2">{t('plans.hold.sentence')}</p>
          <Field label={t('plans.run.why')} autoFocus value={why} onChange={setWhy} error={error} />
          {!isOpenEnded && <DayField label={t('plans.hold.day')} value={until} onChange={setUntil} />}
          <Checkbox isSelected={isOpenEnded} onChange={setOpenEnded}>
            {t('plans.hold.open')}
          </Checkbox>
        </>
      )}
    </FormDialog>
  );
}
