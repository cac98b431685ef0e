import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Brief, Call } from '../ipc/bindings';
import { SectionLabel } from '../shared/Layout';
import { useFormat } from '../shared/time';
import { reachText, resultWords, touchTitle, warningOf } from './brief';

const shownTouches = 3;
const spoken = ['spoke', 'not_now', 'do_not_call'];

/** What the last caller left for this one: their word for the next, else their notes. */
const lastNote = (brief: Brief): string =>
  brief.note_for_next ||
  (brief.touches.find((touch) => touch.channel === 'call' && touch.notes)?.notes ?? '');

const hasSpoken = (brief: Brief): boolean =>
  brief.touches.some((touch) => touch.channel === 'visit' || spoken.includes(touch.result));

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <SectionLabel className="mb-1.5">{title}</SectionLabel>
      <div className="flex flex-col gap-[7px] text-ink-2">{children}</div>
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p dir="auto" className="[overflow-wrap:anywhere] select-text">
      {children}
    </p>
  );
}

/** The brief beside the script, in the few words that one can take in while someone speaks. */
export function BriefColumn({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { brief } = call;
  const reason = brief.reason.length > 0 && call.promise ? brief.reason : null;
  const voicemail = call.reach && call.reach.voicemail !== 'unknown' ? call.reach.voicemail : null;
  const theirTime =
    brief.their_minute !== null
      ? `${Math.floor(brief.their_minute / 60)}:${String(brief.their_minute % 60).padStart(2, '0')}`
      : null;
  return (
    <div className="flex flex-col gap-[18px]">
      {call.meant && (
        <section className="rounded-box bg-amber-soft px-3.5 py-3 text-ink-2">
          {t('calls.desk.meant', { name: call.meant.name })}
        </section>
      )}
      <section>
        <SectionLabel className="mb-1.5">{t('calls.desk.why')}</SectionLabel>
        <p dir="auto" className="[overflow-wrap:anywhere] select-text">
          {reason ? reason.map((clause) => clause.text).join('') : call.reason}
        </p>
      </section>
      {brief.others.map((other) => {
        const warning = warningOf(other, brief, t);
        return (
          <section key={warning.id} className="flex gap-2 text-ink-2">
            <TriangleAlert
              aria-hidden
              size={15}
              strokeWidth={1.75}
              className="mt-[3px] shrink-0 text-amber"
            />
            <Line>
              <strong className="font-semibold text-ink">{warning.title}</strong> {warning.body}
            </Line>
          </section>
        );
      })}
      {brief.facts.length > 0 && (
        <Section title={t('brief.matters')}>
          {brief.facts.map((fact) => (
            <Line key={fact.id}>{fact.words}</Line>
          ))}
        </Section>
      )}
      <Section title={t('calls.desk.lastCaller')}>
        <Line>
          {lastNote(brief) || (hasSpoken(brief) ? t('calls.desk.noNote') : t('calls.desk.neverSpoken'))}
        </Line>
      </Section>
      {brief.touches.length > 0 && (
        <Section title={t('calls.desk.touches')}>
          {brief.touches.slice(0, shownTouches).map((touch, index) => (
            <Line key={index}>
              {[
                touchTitle(touch, t),
                format.ago(touch.at_ms),
                touch.by && t('brief.by', { name: touch.by }),
                resultWords(touch.result, t),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Line>
          ))}
        </Section>
      )}
      {(voicemail || theirTime || call.reach) && (
        <Section title={t('calls.desk.atHand')}>
          {call.reach && reachText(call.reach, t).map((each) => <Line key={each.id}>{each.text}</Line>)}
          {voicemail && <Line>{t(`voicemail.${voicemail}`)}</Line>}
          {theirTime && <Line>{t('brief.theirTime', { time: theirTime })}</Line>}
        </Section>
      )}
    </div>
  );
}
