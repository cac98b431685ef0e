// From the core's brief to what stands on the page.
import type { TFunction } from 'i18next';
import type {
  Brief,
  Clause as CoreClause,
  MessageView,
  Other,
  PromiseView,
  Reach,
  TouchView,
} from '../ipc/bindings';
import { dotted, isolated } from '../shared/bidi';
import { formatRoute } from '../shared/route';
import type { Clause } from '../shared/Sentence';
import type { Format } from '../shared/time';
import type { TimelineItem } from '../shared/Timeline';

export const linked = (clauses: CoreClause[], person: string): Clause[] =>
  clauses.map(({ text, record }) => ({
    text,
    href: record ? formatRoute({ name: 'person', id: person, at: record.id }) : undefined,
  }));

export function subtitleOf(brief: Brief, t: TFunction): string {
  const { person, title, place } = brief;
  const role = [title, person.organisation ?? '']
    .filter(Boolean)
    .map((words) => isolated(words))
    .join(', ');
  return dotted([role, t(`standing.${person.standing}`), place]);
}

/** `Not Rania Hadid of Northside Physio.` and what tells the two apart. */
export function warningOf(
  other: Other,
  brief: Brief,
  t: TFunction,
): { id: string; title: string; body: string } {
  const ownEnding = brief.reaches.find((reach) => reach.kind === 'phone' && reach.ending)?.ending;
  const body = [
    other.shares_number
      ? t('brief.sharesNumber')
      : other.phone_ending && ownEnding
        ? t('brief.endings', { other: other.phone_ending, own: ownEnding })
        : other.same_name
          ? t('brief.sameName')
          : t('brief.soundsAlike'),
    other.waits_for && t('brief.otherWaits', { what: other.waits_for }),
  ];
  return {
    id: other.person.id,
    title: other.person.organisation
      ? t('brief.notOf', { name: other.person.name, organisation: other.person.organisation })
      : t('brief.not', { name: other.person.name }),
    body: body.filter(Boolean).join(' '),
  };
}

const sentenceCase = (words: string) => words.slice(0, 1).toLocaleUpperCase() + words.slice(1);

export interface ReachLine {
  id: string;
  icon: 'phone' | 'mail' | 'post' | 'voicemail';
  text: string;
}

/** A way to reach someone, and beneath a number what may be left on its voicemail. */
export function reachText(reach: Reach, t: TFunction): ReachLine[] {
  const icon = reach.kind === 'phone' ? 'phone' : reach.kind === 'email' ? 'mail' : 'post';
  const notes = [
    reach.kind !== 'phone' && reach.label,
    reach.best_times,
    reach.state !== 'good' && t(`reachState.${reach.state}`),
    reach.unreadable && t('person.unreadable'),
    reach.shared_with > 0 && t('person.sharedWith', { count: reach.shared_with }),
  ].filter(Boolean);
  const lines: ReachLine[] = [{ id: reach.id, icon, text: [endingOf(reach, t), ...notes].join(', ') }];
  if (reach.kind === 'phone' && reach.voicemail !== 'unknown' && reach.state === 'good') {
    lines.push({ id: `${reach.id}-voicemail`, icon: 'voicemail', text: t(`voicemail.${reach.voicemail}`) });
  }
  return lines;
}

/** `Mobile ending 016`: enough to know which, too little to ring it. */
export const endingOf = (reach: Reach, t: TFunction): string =>
  reach.kind === 'phone' && reach.ending
    ? t('brief.phoneEnding', {
        label: sentenceCase(reach.label) || t('reachKind.phone'),
        ending: reach.ending,
      })
    : reach.shown;

export const clockTime = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

function lastPromiseOf(last: PromiseView, t: TFunction, format: Format): string {
  const { what } = last;
  if (last.state === 'renegotiated') return t('brief.renegotiated', { what });
  if (last.state === 'released') return t('brief.released', { what });
  const lateMs = (last.ended_ms ?? last.due_ms) - last.due_ms;
  return lateMs > 0
    ? t('brief.keptLate', { what, late: format.duration(lateMs) })
    : t('brief.kept', { what });
}

/** Less is no waiting yet. */
const hourMs = 3_600_000;

/** How long they have waited, what became of our last promise, and what their clock shows: a word each. */
export function glanceOf(
  brief: Brief,
  t: TFunction,
  format: Format,
): { id: string; label: string; value: string; isLate?: boolean }[] {
  const { waiting_since_ms: since, promise: owed, last_promise: last, their_minute: minute } = brief;
  return [
    since !== null &&
      format.nowMs - since >= hourMs && {
        id: 'waiting',
        label: t('brief.waiting'),
        value: format.duration(format.nowMs - since),
        isLate: brief.late,
      },
    {
      id: 'clock',
      label: t('brief.clock'),
      value: minute === null ? t('brief.clockUnknown') : clockTime(minute),
    },
    owed?.state === 'open' && owed.due_ms < format.nowMs
      ? {
          id: 'promise',
          label: t('brief.lastPromise'),
          value: t('brief.promiseLate', { when: format.near(owed.due_ms) }),
          isLate: true,
        }
      : last !== null && {
          id: 'promise',
          label: t('brief.lastPromise'),
          value: lastPromiseOf(last, t, format),
        },
    // Where the last one has ended, what is owed now has its own due time.
    owed?.state === 'open' &&
      owed.due_ms >= format.nowMs && {
        id: 'owed',
        label: t('brief.nextPromise'),
        value: t('brief.promiseDue', { when: format.near(owed.due_ms) }),
      },
  ].filter((each) => each !== false);
}

const ordinals = [2, 3, 4, 5, 6] as const;

function ordinalWord(n: number, t: TFunction): string {
  const known = ordinals.find((each) => each === n);
  return known === undefined ? t('ordinal.another') : t(`ordinal.${known}`);
}

function messageItem(message: MessageView, number: number, t: TFunction, format: Format): TimelineItem {
  const source = t(`source.${message.source}`);
  return {
    id: `message-${message.received_ms}`,
    title:
      number > 1
        ? t('brief.nthMessage', { ordinal: ordinalWord(number, t), source: source.toLocaleLowerCase() })
        : source,
    when: format.near(message.received_ms),
    body: message.words ? `“${message.words}”` : undefined,
    tone: number > 1 ? 'late' : 'plain',
  };
}

export function touchTitle(touch: TouchView, t: TFunction): string {
  if (touch.result === 'rang_another') return t('timeline.rang_another');
  if (touch.mixed_up_with) return t('brief.rangByMistake');
  return touch.direction === 'in' ? t(`touch.in.${touch.channel}`) : t(`touch.out.${touch.channel}`);
}

export const resultWords = (result: string, t: TFunction): string =>
  result ? t(`result.${result}` as 'result.spoke', { defaultValue: '' }) : '';

/** Who was meant, or who answered, of a call that reached another. */
export const mixedUp = ({ result, mixed_up_with: name }: TouchView, t: TFunction): string =>
  !name
    ? ''
    : result === 'rang_another'
      ? t('brief.answeredInstead', { name })
      : t('brief.mixedUp', { name });

/** Everything between us so far, newest first. */
export function soFar(brief: Brief, t: TFunction, format: Format): TimelineItem[] {
  const messages = brief.messages.toSorted((a, b) => a.received_ms - b.received_ms);
  const items: { at: number; item: TimelineItem }[] = [
    ...messages.map((message, index) => ({
      at: message.received_ms,
      item: messageItem(message, index + 1, t, format),
    })),
    ...brief.touches.map((touch, index) => ({
      at: touch.at_ms,
      item: {
        id: `touch-${index}`,
        title: touchTitle(touch, t),
        when: format.near(touch.at_ms),
        body: [
          touch.by && t('brief.by', { name: touch.by }),
          mixedUp(touch, t),
          touch.result !== 'rang_another' && resultWords(touch.result, t),
          touch.notes,
        ]
          .filter(Boolean)
          .join(', '),
      },
    })),
  ];
  const { promise, last_promise: last } = brief;
  if (promise && promise.state === 'open' && promise.due_ms < format.nowMs) {
    items.push({
      at: promise.due_ms,
      item: {
        id: `promise-${promise.id}`,
        title: t('brief.promisePassed'),
        when: format.near(promise.due_ms),
        body: promise.what,
        tone: 'late',
      },
    });
  }
  if (last?.ended_ms) {
    items.push({
      at: last.ended_ms,
      item: {
        id: `promise-${last.id}`,
        title: t(`promise.ended.${last.state === 'open' ? 'kept' : last.state}`),
        when: format.near(last.ended_ms),
        body: last.what,
        tone: last.state === 'kept' && last.ended_ms <= last.due_ms ? 'good' : 'plain',
      },
    });
  }
  return items.toSorted((a, b) => b.at - a.at).map(({ item }) => item);
}
