// One line of a person's timeline, from the core's words to ours.
import type { TFunction } from 'i18next';
import type { TimelineItem as CoreItem } from '../ipc/bindings';
import type { Format } from '../shared/time';
import type { TimelineItem } from '../shared/Timeline';

/** A word of the core that has a line in the catalogue, or else itself: better a plain word than a hole. */
function looked(t: TFunction, path: string, word: string): string {
  return t(`${path}.${word}` as 'source.voicemail', { defaultValue: word.replaceAll('_', ' ') });
}

/** The core says a touch as `call:out:no_answer`. */
function touchOf(what: string): { channel: string; direction: 'in' | 'out'; result: string } {
  const [channel = '', direction, result = ''] = what.split(':');
  return { channel, direction: direction === 'in' ? 'in' : 'out', result };
}

// These edits wrote down what has its own line here already.
const told = new Set([
  'first_run',
  'demo',
  'capture',
  'make_promise',
  'keep_promise',
  'renegotiate_promise',
  'release_promise',
  'begin_call',
  'answer_script',
  'answer_filing',
  'script_back',
  'jot',
  'end_call',
  'file_call',
  'switch_person',
  'snooze',
  'see_reminder',
  'dismiss_reminder',
  'remind',
  'letter_sent',
  'mail_sent',
  'mail_went',
  'mail_try',
]);

/** The lines that tell something new. */
export const worthTelling = (items: CoreItem[]): CoreItem[] =>
  items.filter((item) => item.kind !== 'edit' || !told.has(item.what));

const sentenceCase = (words: string) => words.slice(0, 1).toLocaleUpperCase() + words.slice(1);

function titleOf(item: CoreItem, t: TFunction): string {
  switch (item.kind) {
    case 'message':
      return looked(t, 'source', item.what);
    case 'touch': {
      const { channel, direction } = touchOf(item.what);
      if (item.mixed_up_with) return t('brief.rangByMistake');
      return looked(t, `touch.${direction}`, channel);
    }
    case 'edit':
      return sentenceCase(looked(t, 'action', item.what));
    case 'inquiry_answered':
      return t(item.what === 'closed' ? 'timeline.inquiry_closed' : 'timeline.inquiry_answered');
    default:
      return t(`timeline.${item.kind}`);
  }
}

/** A call that reached another than was meant is told on both of their pages. */
function mixedUp(item: CoreItem, t: TFunction): string {
  if (!item.mixed_up_with) return '';
  const { name } = item.mixed_up_with;
  return item.kind === 'rang_another' ? t('brief.answeredInstead', { name }) : t('brief.mixedUp', { name });
}

export function timelineItem(
  item: CoreItem,
  index: number,
  person: string,
  t: TFunction,
  format: Format,
): TimelineItem {
  const result = item.kind === 'touch' ? touchOf(item.what).result : '';
  // An edit is labelled with the name of whom it is about: on their own page that says nothing.
  const said = item.kind === 'edit' && item.words === person ? '' : item.words;
  const words = item.kind === 'message' && said ? `“${said}”` : said;
  const other =
    item.other_ms !== null && item.kind === 'promise_made'
      ? t('timeline.due', { when: format.near(item.other_ms) })
      : '';
  return {
    id: `${item.kind}-${item.at_ms}-${index}`,
    title: titleOf(item, t),
    when: format.near(item.at_ms),
    whenExact: `${format.longDay(item.at_ms)}, ${format.time(item.at_ms)}`,
    body: [item.by, mixedUp(item, t), result && looked(t, 'result', result), words, other]
      .filter(Boolean)
      .join(', '),
    tone: item.kind === 'promise_passed' ? 'late' : item.kind === 'promise_kept' ? 'good' : 'plain',
  };
}
