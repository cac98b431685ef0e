import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Brief, Call } from '../ipc/bindings';
import { dotted, sentenceOf } from '../shared/bidi';
import { Clamp } from '../shared/Clamp';
import { SectionLabel } from '../shared/Layout';
import { useFormat } from '../shared/time';
import { clockTime, mixedUp, reachText, resultWords, touchTitle, warningOf } from './brief';

const shownTouches = 3;
const shownOthers = 3;
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
      <div className="flex flex-col gap-1.75 text-ink-2">{children}</div>
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <Clamp lines={6}>{children}</Clamp>;
}

/** The brief beside the script, in the few words that one can take in while someone speaks. */
export function BriefColumn({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { brief } = call;
  const reason = brief.reason.length > 0 && call.promise ? brief.reason : null;
  return (
    <div className="flex flex-col gap-4.5">
      {call.meant && (
        <section className="rounded-box bg-amber-soft px-3.5 py-3 text-ink-2">
          {t('calls.desk.meant', { name: call.meant.name })}
        </section>
      )}
      <section>
        <SectionLabel className="mb-1.5">{t('calls.desk.why')}</SectionLabel>
        <Clamp lines={6}>{reason ? sentenceOf(reason) : call.reason}</Clamp>
      </section>
      {brief.others.slice(0, shownOthers).map((other) => {
        const warning = warningOf(other, brief, t);
        return (
          <section key={warning.id} className="flex gap-2 text-ink-2">
            <TriangleAlert aria-hidden size={15} strokeWidth={1.75} className="mt-0.75 shrink-0 text-amber" />
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
              {dotted([
                touchTitle(touch, t),
                format.ago(touch.at_ms),
                touch.by && t('brief.by', { name: touch.by }),
                mixedUp(touch, t),
                touch.result !== 'rang_another' && resultWords(touch.result, t),
              ])}
            </Line>
          ))}
        </Section>
      )}
      {brief.at_hand.length > 0 && (
        <Section title={t('brief.atHand')}>
          {brief.at_hand.map((text, index) => (
            <Line key={index}>{text}</Line>
          ))}
        </Section>
      )}
      {(brief.their_minute !== null || call.reach) && (
        <Section title={t('brief.reaching')}>
          {call.reach && reachText(call.reach, t).map((each) => <Line key={each.id}>{each.text}</Line>)}
          {brief.their_minute !== null && (
            <Line>{t('brief.theirTime', { time: clockTime(brief.their_minute) })}</Line>
          )}
        </Section>
      )}
    </div>
  );
}
