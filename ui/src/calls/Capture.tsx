import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Candidate, type Captured, type Source } from '../ipc/bindings';
import { run } from '../ipc/error';
import { dotted } from '../shared/bidi';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { errorMessage, Notice } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { showDone } from '../shared/Toast';
import { useSettled } from '../shared/useSettled';
import { useCandidates } from './queries';
import { WhenItWas } from './WhenItWas';

const sources: Source[] = [
  'voicemail',
  'phone_call',
  'email',
  'web_form',
  'walk_in',
  'referral',
  'event_card',
];
const shownCandidates = 4;

interface Draft {
  number: string;
  name: string;
  words: string;
  source: Source;
  /** `null`: just now. */
  receivedMs: number | null;
  chosen: Candidate | null;
}
const blank: Draft = {
  number: '',
  name: '',
  words: '',
  source: 'voicemail',
  receivedMs: null,
  chosen: null,
};
// Escape is no eraser: what was typed is there again at the next V.
let kept = blank;
function keep(draft: Draft): Draft {
  kept = draft;
  return draft;
}

/** What to ask the book for: digits where there are some, else the beginning of a name. */
export function askedFor(typed: string, least: { digits: number; letters: number }): string {
  const words = typed.trim();
  const digits = words.replace(/\D/gu, '').length;
  if (digits >= least.digits) return words;
  return digits === 0 && [...words].length >= least.letters ? words : '';
}

/** Who it may be, the owners of the very number first, and nobody twice. */
export function mergeCandidates(byNumber: Candidate[], byName: Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return [
    ...byNumber.filter((each) => each.number_matches),
    ...byName,
    ...byNumber.filter((each) => !each.number_matches),
  ].filter((each) => !seen.has(each.person.id) && seen.add(each.person.id));
}

/** "Someone left a message": number, name, words, when. */
export function Capture({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('calls.capture.title')} isDismissable={false}>
      <CaptureForm onClose={onClose} />
    </Dialog>
  );
}

function CaptureForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [draft, setDraft] = useState(kept);
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const busy = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const wordsField = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const change = (part: Partial<Draft>) => setDraft((before) => keep({ ...before, ...part }));
  const { number, name, words, source, receivedMs, chosen } = draft;

  const askedNumber = useSettled(askedFor(number, { digits: 3, letters: 2 }), 90);
  const askedName = useSettled(askedFor(name, { digits: 3, letters: 2 }), 90);
  const byNumber = useCandidates(askedNumber);
  const byName = useCandidates(askedName);
  const candidates = useMemo(
    () =>
      mergeCandidates(askedNumber ? (byNumber.data ?? []) : [], askedName ? (byName.data ?? []) : []).slice(
        0,
        shownCandidates,
      ),
    [askedNumber, askedName, byNumber.data, byName.data],
  );

  const someone = number.replace(/\D/gu, '').slice(-3);
  const unnamed = someone ? t('calls.capture.unnamedEnding', { ending: someone }) : '';
  const canSave = chosen !== null || name.trim() !== '' || unnamed !== '';

  const save = async () => {
    if (busy.current) return;
    if (!canSave) {
      setError(t('calls.capture.needsSomeone'));
      form.current?.querySelector('input')?.focus();
      return;
    }
    busy.current = true;
    setSaving(true);
    setError(null);
    try {
      const captured = await run(
        commands.capture({
          from: chosen
            ? { known: chosen.person.id }
            : { new: { name: name.trim() || unnamed, phone: number.trim(), standing: 'inquirer' } },
          source,
          words: words.trim(),
          number: number.trim(),
          received_ms: receivedMs,
          keeper: null,
        }),
      );
      keep(blank);
      showDone(toldOf(captured, t, format), {
        label: t('calls.capture.open'),
        run: () => navigate({ name: 'person', id: captured.person.id }),
      });
      for (const key of ['today', 'counts', 'people']) void client.invalidateQueries({ queryKey: [key] });
      onClose();
    } catch (reason) {
      setError(errorMessage(reason));
      setSaving(false);
    } finally {
      busy.current = false;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const rows = [...(form.current?.querySelectorAll<HTMLElement>('[data-candidate]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const isLine = event.target instanceof HTMLInputElement;
    if (event.key === 'ArrowDown' && (isLine || at >= 0) && rows.length > 0 && !isInDate(event.target)) {
      event.preventDefault();
      rows[Math.min(at + 1, rows.length - 1)]!.focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault();
      if (at > 0) rows[at - 1]!.focus();
      else form.current?.querySelector('input')?.focus();
    } else if (event.key === 'Enter' && event.target instanceof HTMLTextAreaElement && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) void save();
    }
  };

  return (
    // The keys are the form's own: arrows from the number to who it may be, Enter saves from anywhere.
    <form
      ref={form}
      className="flex flex-col gap-4"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {error && (
        <Notice>
          <span role="alert">{error}</span>
        </Notice>
      )}
      {chosen ? (
        <Chosen
          candidate={chosen}
          onLeave={() => {
            change({ chosen: null });
            requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
          }}
          number={number}
          onNumber={(value) => change({ number: value })}
        />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-4 max-single:grid-cols-1">
            <Field
              label={t('calls.capture.number')}
              inputMode="tel"
              dir="ltr"
              value={number}
              onChange={(value) => change({ number: value })}
              placeholder={t('calls.capture.numberPlaceholder')}
            />
            <Field
              label={t('calls.capture.name')}
              value={name}
              onChange={(value) => change({ name: value })}
              description={!name && unnamed ? t('calls.capture.unnamed', { name: unnamed }) : undefined}
            />
          </div>
          {candidates.length > 0 && (
            <section>
              <SectionLabel level={3} className="mb-1.5">
                {t('calls.capture.mayBe')}
              </SectionLabel>
              <ul className="-mx-2.5 flex flex-col">
                {candidates.map((candidate) => (
                  <li key={candidate.person.id}>
                    <CandidateRow
                      candidate={candidate}
                      onChoose={() => {
                        change({ chosen: candidate });
                        // What they said is what is left to write.
                        requestAnimationFrame(() => wordsField.current?.focus());
                      }}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      <Field
        label={t('calls.capture.words')}
        rows={2}
        inputRef={wordsField as Ref<HTMLTextAreaElement | HTMLInputElement>}
        value={words}
        onChange={(value) => change({ words: value })}
        placeholder={t('calls.capture.wordsPlaceholder')}
      />
      <div className="grid grid-cols-2 items-start gap-4 max-single:grid-cols-1">
        <WhenItWas
          legend={t('calls.capture.when')}
          likely={[
            { id: 'now', label: t('calls.capture.heard.now'), ms: null },
            { id: 'morning', label: t('calls.capture.heard.morning'), ms: format.atLocal(0, 9) },
            { id: 'yesterday', label: t('calls.capture.heard.yesterday'), ms: format.atLocal(-1, 17) },
          ]}
          valueMs={receivedMs}
          onChange={(value) => change({ receivedMs: value })}
        />
        <Select
          label={t('calls.capture.source')}
          value={source}
          onChange={(value) => change({ source: value })}
          options={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
        />
      </div>
      <div className="sticky -bottom-6 -mx-6 -mb-6 flex items-center justify-end gap-2.5 rounded-b-box bg-surface px-6 pt-2 pb-6">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" keyHint="Enter" isDisabled={isSaving}>
          {t('calls.capture.save')}
        </Button>
      </div>
    </form>
  );
}

const isInDate = (target: EventTarget) =>
  target instanceof Element && target.closest('[role=spinbutton]') !== null;

function aboutOf(candidate: Candidate, t: TFunction): string {
  return dotted([
    candidate.person.organisation,
    candidate.number_matches
      ? t('calls.capture.sameNumber')
      : candidate.phone_endings.length > 0 &&
        t('calls.capture.ending', { list: candidate.phone_endings.join(', ') }),
  ]);
}

export function CandidateRow({ candidate, onChoose }: { candidate: Candidate; onChoose: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      data-candidate
      onClick={onChoose}
      className="block w-full rounded-control px-2.5 py-1.5 text-start hover:bg-sunken focus-visible:bg-green-soft"
    >
      <span className="flex flex-wrap items-baseline gap-x-2">
        <PersonName name={candidate.person.name} />
        <span dir="auto" className="text-small text-ink-3">
          {aboutOf(candidate, t)}
        </span>
      </span>
      {candidate.waits_for && (
        <span dir="auto" className="block text-small text-ink-2">
          {t('calls.capture.waitsFor', { what: candidate.waits_for })}
        </span>
      )}
    </button>
  );
}

function Chosen({
  candidate,
  number,
  onNumber,
  onLeave,
}: {
  candidate: Candidate;
  number: string;
  onNumber: (number: string) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3 rounded-box bg-green-soft px-4 py-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <PersonName name={candidate.person.name} />
            <span dir="auto" className="text-small text-ink-2">
              {aboutOf(candidate, t)}
            </span>
          </p>
          {candidate.waits_for && (
            <p dir="auto" className="text-ink-2">
              {candidate.waiting_since_ms !== null
                ? t('calls.capture.joinsSince', {
                    what: candidate.waits_for,
                    duration: format.duration(format.nowMs - candidate.waiting_since_ms),
                  })
                : t('calls.capture.waitsFor', { what: candidate.waits_for })}
            </p>
          )}
        </div>
        <Button size="small" onPress={onLeave}>
          {t('calls.capture.notThem')}
        </Button>
      </div>
      {number !== '' && (
        <Field
          label={t('calls.capture.number')}
          dir="ltr"
          inputMode="tel"
          value={number}
          onChange={onNumber}
        />
      )}
    </div>
  );
}

function toldOf(captured: Captured, t: TFunction, format: Format): string {
  return captured.joined
    ? t('calls.capture.joined', {
        name: captured.person.name,
        count: captured.message_number,
        ordinal: true,
        duration: format.duration(captured.waiting_ms),
      })
    : t('calls.capture.saved', { name: captured.person.name, when: format.near(captured.due_ms) });
}
