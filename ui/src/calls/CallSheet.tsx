import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Brief, Dialled } from '../ipc/bindings';
import { dotted, isolated, sentenceOf, steady } from '../shared/bidi';
import { cx } from '../shared/cx';
import { PersonName } from '../shared/People';
import { useFormat, type Format } from '../shared/time';
import { useSession } from '../team/session';
import {
  endingOf,
  glanceOf,
  mixedUp,
  reachText,
  resultWords,
  subtitleOf,
  touchTitle,
  warningOf,
} from './brief';
import { QrCode } from './QrCode';

export type SheetForm = 'pages' | 'list';

const boxes = [
  'spoke',
  'not_now',
  'voicemail_left',
  'left_with_someone',
  'no_answer',
  'busy',
  'wrong_number',
  'do_not_call',
] as const;
const shownTouches = 4;
const shownFacts = 8;
const shownOthers = 4;

/** What paper has room for, in characters. */
const room = { name: 90, line: 240, list: 150 };

/** Somebody's words, cut between letters of any script where paper has no room for more; and said so. */
function cut(words: string, most: number, t: TFunction): string {
  const flat = words.trim();
  if (flat.length <= most) return flat;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(flat)) {
    if (kept.length + segment.length > most) break;
    kept += segment;
  }
  return t('sheet.cut', { words: kept.trimEnd() });
}

/** What printing prints, in place of the window: black on white whatever the theme. */
export function CallSheets({
  briefs,
  form,
  dialled = null,
}: {
  briefs: Brief[];
  form: SheetForm;
  /** Of a call that has begun. */
  dialled?: Dialled | null;
}) {
  return createPortal(
    <div data-print-sheet className="hidden bg-scan-paper text-[10.5pt]/[14pt] text-ink print:block">
      {form === 'pages' ? (
        briefs.map((brief, index) => (
          <Page key={index} brief={brief} dialled={dialled} isLast={index === briefs.length - 1} />
        ))
      ) : (
        <List briefs={briefs} />
      )}
    </div>,
    document.body,
  );
}

function Head() {
  const { t } = useTranslation();
  const format = useFormat();
  const { association, volunteer } = useSession();
  return (
    <p className="mb-[5mm] border-b border-ink-3 pb-[1.5mm] text-[8.5pt] text-ink-2">
      {t('sheet.head', {
        association: association.name,
        day: format.longDay(format.nowMs),
        time: format.time(format.nowMs),
        name: volunteer.name,
      })}
    </p>
  );
}

function Page({ brief, dialled, isLast }: { brief: Brief; dialled: Dialled | null; isLast: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const line = (words: string) => cut(words, room.line, t);
  const reason = sentenceOf(brief.reason);
  return (
    <article className={cx('px-[8mm] pt-[6mm]', !isLast && 'break-after-page')}>
      <Head />
      <div className="flex items-start justify-between gap-[8mm]">
        <div className="min-w-0 flex-1">
          <Name brief={brief} className="text-[20pt]/[25pt]" />
          <p dir="auto" className="text-ink-2">
            {line(subtitleOf(brief, t))}
          </p>
          {reason && (
            <p dir="auto" className="mt-[3mm] text-[12pt]/[16pt] [overflow-wrap:anywhere]">
              {steady(cut(reason, 2 * room.line, t))}
            </p>
          )}
        </div>
        {dialled && (
          <div className="flex w-[34mm] shrink-0 flex-col items-center">
            <QrCode qr={dialled.qr} label={t('calls.number.code')} className="w-full" />
            <p dir="ltr" className="text-center font-semibold">
              {dialled.shown}
            </p>
          </div>
        )}
      </div>
      {brief.not_now && <p className="mt-[2mm] font-semibold">{steady(brief.not_now.why)}</p>}
      <Others brief={brief} />
      <dl className="mt-[3mm] flex flex-wrap gap-x-[8mm] gap-y-[1mm]">
        {glanceOf(brief, t, format).map(({ id, label, value }) => (
          <div key={id}>
            <dt className="inline text-ink-2">{label}: </dt>
            <dd className="inline font-semibold">{line(value)}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-[3mm] grid grid-cols-2 gap-x-[8mm] gap-y-[3mm]">
        <Part title={t('brief.reaching')}>
          {brief.reaches.flatMap((reach) =>
            reachText(reach, t).map((each) => <Item key={each.id}>{line(each.text)}</Item>),
          )}
        </Part>
        <Part title={t('brief.matters')}>
          {brief.facts.slice(0, shownFacts).map((fact) => (
            <Item key={fact.id}>{line(fact.words)}</Item>
          ))}
        </Part>
        <Part title={t('sheet.lastTouches')}>
          {brief.touches.slice(0, shownTouches).map((touch, index) => (
            <Item key={index}>{line(touchWords(touch, t, format))}</Item>
          ))}
        </Part>
        <Part title={t('brief.noteForNext')}>
          {brief.note_for_next && <Item>{cut(brief.note_for_next, 2 * room.line, t)}</Item>}
        </Part>
        <Part title={t('brief.atHand')}>
          {brief.at_hand.map((what) => (
            <Item key={what}>{line(what)}</Item>
          ))}
        </Part>
        <Part title={t('sheet.script')}>{brief.script_name && <Item>{line(brief.script_name)}</Item>}</Part>
      </div>
      <Outcome />
    </article>
  );
}

const touchWords = (touch: Brief['touches'][number], t: TFunction, format: Format): string =>
  [
    touchTitle(touch, t),
    format.near(touch.at_ms),
    touch.by && isolated(touch.by),
    mixedUp(touch, t),
    touch.result !== 'rang_another' && resultWords(touch.result, t),
    isolated(touch.notes),
  ]
    .filter(Boolean)
    .join(', ');

function Name({ brief, className }: { brief: Brief; className?: string }) {
  const { t } = useTranslation();
  return <PersonName name={cut(brief.person.name, room.name, t)} size="inline" className={className} />;
}

function Others({ brief }: { brief: Brief }) {
  const { t } = useTranslation();
  const more = Math.max(0, brief.others.length - shownOthers) + brief.more_others;
  if (brief.others.length === 0) return null;
  return (
    <ul className="mt-[3mm] border-s-[2pt] border-ink ps-[3mm]">
      {brief.others.slice(0, shownOthers).map((other) => {
        const warning = warningOf(other, brief, t);
        return (
          <li key={warning.id} dir="auto" className="[overflow-wrap:anywhere]">
            <strong>{cut(warning.title, room.line, t)}</strong> {cut(warning.body, room.line, t)}
          </li>
        );
      })}
      {more > 0 && <li>{t('brief.moreOthers', { count: more })}</li>}
    </ul>
  );
}

/** Left out where there is nothing in it: paper asks no questions. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  const isEmpty = Array.isArray(children) ? children.length === 0 : !children;
  if (isEmpty) return null;
  return (
    <section className="break-inside-avoid">
      <h2 className="text-[8.5pt] font-semibold text-ink-2">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Item({ children }: { children: ReactNode }) {
  return (
    <li dir="auto" className="[overflow-wrap:anywhere]">
      {children}
    </li>
  );
}

/** To be filled in by hand while one talks, in the order in which Wellmet asks for it afterwards. */
function Outcome() {
  const { t } = useTranslation();
  return (
    <section className="mt-[5mm] break-inside-avoid border-t border-ink-3 pt-[3mm]">
      <div className="flex items-baseline gap-[3mm]">
        <h2 className="text-[8.5pt] font-semibold text-ink-2">{t('sheet.outcome')}</h2>
        <Blank label={t('sheet.rungAt')} />
        <Blank label={t('sheet.at')} />
        <Blank label={t('sheet.by')} />
      </div>
      <Boxes className="mt-[3mm]" />
      <Lines title={t('sheet.said')} count={3} />
      <Lines title={t('sheet.learned')} count={2} />
      <Lines title={t('sheet.next')} count={1} />
      <Lines title={t('sheet.forNext')} count={1} />
    </section>
  );
}

function Boxes({ className }: { className?: string }) {
  const { t } = useTranslation();
  return (
    <ul className={cx('flex flex-wrap gap-x-[5mm] gap-y-[1.5mm]', className)}>
      {boxes.map((box) => (
        <li key={box} className="flex items-center gap-[1.5mm]">
          <span className="inline-block size-[3.2mm] border border-ink" />
          {t(`sheet.box.${box}`)}
        </li>
      ))}
    </ul>
  );
}

function Blank({ label }: { label: string }) {
  return (
    <span className="flex flex-1 items-baseline gap-[1.5mm]">
      {label}
      <span className="flex-1 border-b border-ink-3" />
    </span>
  );
}

function Lines({ title, count }: { title: string; count: number }) {
  return (
    <div className="mt-[3.5mm]">
      <p className="text-[8.5pt] text-ink-2">{title}</p>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="h-[8mm] border-b border-ink-3" />
      ))}
    </div>
  );
}

function List({ briefs }: { briefs: Brief[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="px-[8mm] pt-[6mm]">
      <Head />
      <ol>
        {briefs.map((brief, index) => {
          const number = brief.reaches.find((reach) => reach.kind === 'phone' && reach.state === 'good');
          const [first] = brief.others;
          return (
            <li
              key={index}
              className="grid break-inside-avoid grid-cols-[1fr_58mm] gap-x-[6mm] border-b border-ink-3 py-[3mm]"
            >
              <div className="min-w-0">
                <Name brief={brief} className="text-[13pt]/[16pt]" />{' '}
                <span dir="auto" className="text-ink-2">
                  {cut(brief.person.organisation ?? brief.place, room.name, t)}
                </span>
                <p dir="auto" className="[overflow-wrap:anywhere]">
                  {steady(cut(sentenceOf(brief.reason), room.list, t))}
                </p>
                {first && (
                  <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
                    {cut(warningOf(first, brief, t).title, room.list, t)}
                  </p>
                )}
                {brief.note_for_next && (
                  <p dir="auto" className="text-ink-2 [overflow-wrap:anywhere]">
                    {cut(brief.note_for_next, room.list, t)}
                  </p>
                )}
              </div>
              <div className="min-w-0 text-[9pt]/[12pt]">
                {number && (
                  <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
                    {[endingOf(number, t), number.best_times].filter(Boolean).join(', ')}
                  </p>
                )}
                <p className="text-ink-2">
                  {dotted([
                    number && number.voicemail !== 'unknown' && t(`voicemail.${number.voicemail}`),
                    ...glanceOf(brief, t, format)
                      .filter(({ id }) => id === 'waiting' || id === 'clock')
                      .map(({ label, value }) => `${label}: ${value}`),
                  ])}
                </p>
              </div>
              <Boxes className="col-span-2 mt-[2mm] text-[8.5pt]" />
              <div className="col-span-2 h-[7mm] border-b border-dotted border-ink-3" />
              <div className="col-span-2 h-[7mm]" />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
