import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type FreeAsk, type Pick } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { useKeys } from '../shared/keys';
import { errorMessage } from '../shared/States';
import { useSettled } from '../shared/useSettled';
import { keptAs } from './noted';
import { saidOf } from './said';

/** What they say, typed while one listens. Enter goes on, with nothing too. */
export function FreeAnswer({
  ask,
  label,
  words,
  onWords,
  isActive,
  takesFocus = true,
  onSaid,
}: {
  ask: FreeAsk;
  label: string;
  /** They live above: an objection that comes up while one types loses none. */
  words: string;
  onWords: (words: string) => void;
  isActive: boolean;
  /** Not where someone is writing elsewhere. */
  takesFocus?: boolean;
  /** Answers what is wrong with it, and the way out. */
  onSaid: (pick: Pick) => Promise<string | null>;
}) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const typed = words.trim();
  const settled = useSettled(typed, 120);
  const day = useQuery({
    queryKey: ['readToldDay', settled],
    queryFn: () => run(commands.readToldDay(settled)),
    enabled: ask.kind === 'date' && settled !== '',
    retry: false,
    // "Yesterday" is another day tomorrow.
    staleTime: 0,
    gcTime: 0,
  });

  // The keys are the call's once one has left the field; Enter comes back to it.
  useKeys([{ keys: ['t', 'Enter'], label: 'calls.key.typeSaid', run: () => input.current?.focus() }], {
    enabled: isActive,
  });

  const goOn = async () => {
    try {
      setError(await onSaid({ said: await saidOf(ask, words) }));
    } catch (reason) {
      setError(errorMessage(reason));
    }
  };

  const read = settled === typed && typed !== '' ? day.data : undefined;
  const kept = keptAs(ask.sets, t);
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isActive) void goOn();
      }}
      onKeyDown={(event) => {
        // A number key still held down from the question before is no answer to this one.
        if (event.repeat && words === '' && event.key.length === 1) event.preventDefault();
      }}
    >
      <Field
        label={label}
        hideLabel
        autoFocus={takesFocus}
        isReadOnly={!isActive}
        value={words}
        inputRef={input as never}
        {...(ask.kind === 'number' && { inputMode: 'decimal' as const })}
        placeholder={t(`calls.script.free.${ask.kind}`)}
        onChange={(next) => {
          onWords(next);
          setError(null);
        }}
        error={error}
        description={
          <span aria-live="polite">
            {read ? (
              <span className="text-ink-2">{read.shown}</span>
            ) : (
              kept && t('calls.script.free.kept', { as: kept })
            )}
          </span>
        }
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" size="small" keyHint="Enter" isDisabled={!isActive}>
          {typed === '' ? t('calls.script.free.nothing') : t('calls.script.free.goOn')}
        </Button>
        <span className="text-small text-ink-3">{t('calls.script.free.escape')}</span>
      </div>
    </form>
  );
}
