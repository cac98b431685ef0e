import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands, type NewBook } from '../ipc/bindings';
import { codeOf, run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { errorMessage, Notice } from '../shared/States';
import { guessPlace, useCountries } from '../team/countries';
import { openingsOf, usualWeek, type Week } from '../team/hours';
import { HoursEditor } from '../team/HoursEditor';
import { PlaceFields } from '../team/PlaceFields';
import { Front } from './Front';
import { PassphraseFields, passphraseFault } from './PassphraseFields';
import { setPendingKey } from './pendingKey';

const steps = ['association', 'hours', 'you', 'begin'] as const;
type Step = (typeof steps)[number] | 'passphrase';

const leastPin = 4;

/** A new book in three minutes: whose it is, when they are there, who you are, and what to begin with. */
export function FirstRun() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: countries } = useCountries();
  const guess = countries ? guessPlace(countries) : null;
  const [step, setStep] = useState<Step>('association');
  const [name, setName] = useState('');
  const [chosenPlace, setPlace] = useState<{ country: string; zone: string } | null>(null);
  const place = chosenPlace ?? guess ?? { country: '', zone: '' };
  const [week, setWeek] = useState<Week>(usualWeek);
  const [director, setDirector] = useState('');
  const [pin, setPin] = useState('');
  const [start, setStart] = useState<'empty' | 'sample'>('empty');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  /** The keyring is there, and does not open: a passphrase is the other way. */
  const [isLocked, setLocked] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const busy = useRef(false);
  const page = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const form = page.current;
    const first =
      form?.querySelector<HTMLElement>('input:not([type=checkbox], [type=radio])') ??
      form?.querySelector<HTMLElement>('input:checked');
    first?.focus();
  }, [step]);

  const openings = openingsOf(week);
  const wrong: Record<Step, string | null> = {
    association: !name.trim()
      ? t('book.first.needsName')
      : !place.country || !place.zone
        ? t('book.first.needsPlace')
        : null,
    hours:
      openings === null
        ? t('book.first.needsHours')
        : openings.length === 0
          ? t('book.first.needsOneHour')
          : null,
    you: !director.trim()
      ? t('book.first.needsYou')
      : pin && [...pin].length < leastPin
        ? t('team.pin.short')
        : null,
    begin: null,
    passphrase: passphraseFault(passphrase, again, t),
  };

  const make = async () => {
    if (busy.current || openings === null) return;
    busy.current = true;
    setMaking(true);
    setFault(null);
    const book: NewBook = {
      association: {
        name: name.trim(),
        ...place,
        openings,
        director: director.trim(),
        pin: pin || null,
      },
      passphrase: passphrase || null,
      sample: start === 'sample',
    };
    try {
      const created = await run(commands.createBook(book));
      setPendingKey(created.recovery_key);
      await client.invalidateQueries();
    } catch (reason) {
      if (codeOf(reason) === 'key_needed' && !passphrase) setStep('passphrase');
      else {
        setFault(errorMessage(reason));
        setLocked(codeOf(reason) === 'keyring_locked');
      }
      setMaking(false);
    } finally {
      busy.current = false;
    }
  };
  const next = () => {
    if (wrong[step]) return setFault(wrong[step]);
    setFault(null);
    if (step === 'begin' || step === 'passphrase') void make();
    else setStep(steps[steps.indexOf(step) + 1]!);
  };
  const back = () => {
    setFault(null);
    setStep(step === 'passphrase' ? 'begin' : steps[Math.max(0, steps.indexOf(step as 'you') - 1)]!);
  };
  const number = step === 'passphrase' ? steps.length : steps.indexOf(step) + 1;

  return (
    <Front
      wide
      aside={t('book.first.step', { n: number, of: steps.length })}
      title={t(`book.first.${step}.title`)}
      sentence={t(`book.first.${step}.sentence`)}
    >
      <form
        ref={page}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        {step === 'association' && (
          <>
            <Field
              label={t('book.first.association.name')}
              value={name}
              onChange={setName}
              placeholder={t('book.first.association.example')}
            />
            <PlaceFields country={place.country} zone={place.zone} onChange={setPlace} />
          </>
        )}
        {step === 'hours' && <HoursEditor week={week} onChange={setWeek} />}
        {step === 'you' && (
          <>
            <Field
              label={t('book.first.you.name')}
              value={director}
              onChange={setDirector}
              autoComplete="name"
            />
            <Field
              label={t('book.first.you.pin')}
              type="password"
              inputMode="numeric"
              autoComplete="off"
              dir="ltr"
              value={pin}
              onChange={setPin}
              description={t('book.first.you.pinHint')}
              className="max-w-64"
            />
          </>
        )}
        {step === 'begin' && (
          <RadioGroup
            value={start}
            onChange={(value) => setStart(value as 'empty' | 'sample')}
            className="flex flex-col gap-2.5"
          >
            <Label className="sr-only">{t('book.first.begin.title')}</Label>
            {(['empty', 'sample'] as const).map((value) => (
              <Radio
                key={value}
                value={value}
                className="group flex items-start gap-3 rounded-box border border-line bg-surface p-4 transition-colors duration-120 data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-green data-selected:border-green data-selected:bg-green-soft"
              >
                <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface group-data-selected:border-green">
                  <span className="size-2 rounded-full bg-green opacity-0 group-data-selected:opacity-100" />
                </span>
                <span>
                  <span className="block font-semibold">{t(`book.first.begin.${value}`)}</span>
                  <span className="block text-ink-2">{t(`book.first.begin.${value}Hint`)}</span>
                </span>
              </Radio>
            ))}
          </RadioGroup>
        )}
        {step === 'passphrase' && (
          <PassphraseFields
            passphrase={passphrase}
            again={again}
            onPassphrase={setPassphrase}
            onAgain={setAgain}
          />
        )}
        {fault && (
          <Notice
            action={
              isLocked &&
              step === 'begin' && (
                <Button
                  size="small"
                  onPress={() => {
                    setFault(null);
                    setStep('passphrase');
                  }}
                >
                  {t('book.first.usePassphrase')}
                </Button>
              )
            }
          >
            <span role="alert">{fault}</span>
          </Notice>
        )}
        <div className="sticky bottom-0 flex items-center justify-end gap-2.5 bg-paper py-3">
          {step !== 'association' && (
            <Button isDisabled={isMaking} onPress={back}>
              {t('common.back')}
            </Button>
          )}
          <Button look="primary" type="submit" keyHint="Enter" isDisabled={isMaking}>
            {isMaking
              ? t('book.first.making')
              : step === 'begin' || step === 'passphrase'
                ? t('book.first.make')
                : t('book.first.next')}
          </Button>
        </div>
      </form>
    </Front>
  );
}
