// From the core's brief to what stands on the page.
import type { TFunction } from 'i18next';
import type { Brief, Clause as CoreClause, MessageView, Other, Reach, TouchView } from '../ipc/bindings';
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
  const role =
    title && person.organisation ? `${title}, ${person.organisation}` : title || person.organisation;
  return [role, t(`standing.${person.standing}`), place].filter(Boolean).join(' · ');
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

export function reachText(
  reach: Reach,
  t: TFunction,
): { id: string; icon: 'phone' | 'mail' | 'post'; text: string }[] {
  const icon = reach.kind === 'phone' ? 'phone' : reach.kind === 'email' ? 'mail' : 'post';
  const what =
    reach.kind === 'phone' && reach.ending
      ? t('brief.phoneEnding', {
          label: sentenceCase(reach.label) || t('reachKind.phone'),
          ending: reach.ending,
        })
      : reach.shown;
  const notes = [
    reach.kind !== 'phone' && reach.label,
    reach.best_times,
    reach.state !== 'good' && t(`reachState.${reach.state}`),
    reach.unreadable && t('person.unreadable'),
    reach.shared_with > 0 && t('person.sharedWith', { count: reach.shared_with }),
  ].filter(Boolean);
  return [{ id: reach.id, icon, text: [what, ...notes].join(', ') }];
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
  return touch.direction === 'in' ? t(`touch.in.${touch.channel}`) : t(`touch.out.${touch.channel}`);
}

export const resultWords = (result: string, t: TFunction): string =>
  result ? t(`result.${result}` as 'result.spoke', { defaultValue: '' }) : '';

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
        body: [touch.by && t('brief.by', { name: touch.by }), resultWords(touch.result, t), touch.notes]
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
