import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands, type Call } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { cx } from '../shared/cx';
import { DateTimeField } from '../shared/DateFields';
import { useKeys } from '../shared/keys';
import { Barrier } from '../shared/Dialog';
import { errorMessage, Notice } from '../shared/States';
import { coreNowMs, useFormat } from '../shared/time';
import { useCallClock } from './callTimer';
import { MinutesField, minutesOf } from './MinutesField';

const minuteMs = 60_000;
export interface Times {
  began_ms: number;
  ended_ms: number | null;
}

/** How long the call has lasted; a timer that was forgotten, or begun late, is put right here. */
export function CallTimer({
  call,
  isTalking,
  onChange,
}: {
  call: Call;
  isTalking: boolean;
  onChange: (times: Times) => void;
}) {
  const { t } = useTranslation();
  const clock = useCallClock(call.began_ms, call.ended_ms);
  const [isOpen, setOpen] = useState(false);
  useKeys([{ keys: 'shift+t', label: 'calls.key.timer', run: () => setOpen(true) }]);
  return (
    <span className="flex items-center">
      <span
        role="timer"
        aria-label={t('calls.desk.clock')}
        className={cx('tnum text-reason font-semibold', !isTalking && 'text-ink-3')}
      >
        {clock}
      </span>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <IconButton icon={Pencil} label={t('calls.timer.correct')} className="-me-1.5" />
        <Popover
          placement="bottom end"
          className="w-80 rounded-box border border-line bg-surface shadow-raised rise"
        >
          <Dialog aria-label={t('calls.timer.correct')} className="p-4 outline-none">
            <Barrier />
            <TimesForm
              call={call}
              onDone={(times) => {
                onChange(times);
                setOpen(false);
              }}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}

function TimesForm({ call, onDone }: { call: Call; onDone: (times: Times) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [began, setBegan] = useState(call.began_ms);
  const lastedMs = (call.ended_ms ?? coreNowMs()) - call.began_ms;
  const before = String(Math.max(0, Math.round(lastedMs / minuteMs)));
  const [minutes, setMinutes] = useState(before);
  // A call that goes on has no length yet, unless one says it.
  const [isOver, setOver] = useState(call.ended_ms !== null);
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const lasted = minutesOf(minutes);
  const isExact = minutes.trim() === before && call.ended_ms !== null;
  const endsMs = lasted === null ? null : began + (isExact ? lastedMs : lasted * minuteMs);
  const save = async (times: Times) => {
    if (isSaving) return;
    setSaving(true);
    setFault(null);
    try {
      await run(commands.setCallTimes(call.id, times.began_ms, times.ended_ms));
      onDone(times);
    } catch (reason) {
      setFault(errorMessage(reason));
      setSaving(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOver) void save({ began_ms: began, ended_ms: null });
        else if (endsMs !== null) void save({ began_ms: began, ended_ms: endsMs });
      }}
    >
      <DateTimeField label={t('calls.timer.began')} valueMs={began} onChange={setBegan} />
      {isOver ? (
        <MinutesField
          // What was pressed to say that it is over is gone, and the keyboard would be with it.
          autoFocus={call.ended_ms === null}
          value={minutes}
          onChange={setMinutes}
          description={
            endsMs === null
              ? undefined
              : t('calls.timer.fromTo', { from: format.time(began), to: format.time(endsMs) })
          }
        />
      ) : (
        <Button look="quiet" size="small" className="-ms-2.5 self-start" onPress={() => setOver(true)}>
          {t('calls.timer.isOver')}
        </Button>
      )}
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2.5">
        {isOver && !call.logged && (
          <Button
            look="quiet"
            size="small"
            className="me-auto -ms-2.5"
            isDisabled={isSaving}
            onPress={() => void save({ began_ms: began, ended_ms: null })}
          >
            {t('calls.timer.goesOn')}
          </Button>
        )}
        <Button look="primary" type="submit" isDisabled={isSaving || (isOver && lasted === null)}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
