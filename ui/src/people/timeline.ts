// One line of a person's timeline, from the core's words to ours.
import type { TFunction } from 'i18next';
import type { TimelineItem as CoreItem, TouchChannel } from '../ipc/bindings';
import type { Format } from '../shared/time';
import type { TimelineItem } from '../shared/Timeline';

/** A word of the core that has a line in the catalogue, or else itself: better a plain word than a hole. */
function looked(t: TFunction, path: string, word: string): string {
  return t(`${path}.${word}` as 'source.voicemail', { defaultValue: word.replaceAll('_', ' ') });
}

const sentenceCase = (words: string) => words.slice(0, 1).toLocaleUpperCase() + words.slice(1);

function titleOf(item: CoreItem, t: TFunction): string {
  switch (item.kind) {
    case 'message':
      return looked(t, 'source', item.what);
    case 'touch': {
      const [direction, channel] = item.what.includes(':') ? item.what.split(':') : ['out', item.what];
      return looked(t, `touch.${direction === 'in' ? 'in' : 'out'}`, channel as TouchChannel);
    }
    case 'edit':
      return sentenceCase(looked(t, 'action', item.what));
    default:
      return t(`timeline.${item.kind}`);
  }
}

export function timelineItem(item: CoreItem, index: number, t: TFunction, format: Format): TimelineItem {
  const words = item.kind === 'message' && item.words ? `“${item.words}”` : item.words;
  const other =
    item.other_ms !== null && item.kind.startsWith('promise')
      ? t('timeline.due', { when: format.near(item.other_ms) })
      : '';
  return {
    id: `${item.kind}-${item.at_ms}-${index}`,
    title: titleOf(item, t),
    when: format.near(item.at_ms),
    whenExact: `${format.longDay(item.at_ms)}, ${format.time(item.at_ms)}`,
    body: [item.by, words, other].filter(Boolean).join(', '),
    tone: item.kind === 'promise_passed' ? 'late' : item.kind === 'promise_kept' ? 'good' : 'plain',
  };
}
