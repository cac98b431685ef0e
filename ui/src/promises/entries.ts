// From what the core says of Today to what a row shows.
import type { TFunction } from 'i18next';
import type { GroupName, Today, TodayItem } from '../ipc/bindings';
import { sentenceOf, steady } from '../shared/bidi';
import type { Format } from '../shared/time';
import type { TodayEntry, TodayGroup } from './TodayList';

/** `21 days`, `by 12:00`, `Friday`, `from 11:00`: the one time that matters to whoever looks at this row. */
function whenOf(item: TodayItem, group: GroupName, t: TFunction, format: Format): string {
  switch (group) {
    case 'late':
      // Someone who asked counts from the asking; a word we gave, from when it was due.
      return format.duration(
        item.promise.kind === 'callback' ? item.waiting_ms : format.nowMs - item.promise.due_ms,
      );
    case 'today': {
      const from = item.promise.from_ms;
      return from !== null && from > format.nowMs
        ? `${format.time(from)}–${format.time(item.at_ms)}`
        : t('today.by', { time: format.time(item.at_ms) });
    }
    case 'coming':
      return format.comingDay(item.at_ms);
    case 'not_now': {
      const from = item.not_now?.from_ms ?? null;
      if (from === null) return '';
      return format.daysFromToday(from) === 0
        ? t('today.from', { time: format.time(from) })
        : t('today.fromDay', { when: format.near(from) });
    }
  }
}

export function entryOf(item: TodayItem, group: GroupName, t: TFunction, format: Format): TodayEntry {
  const plain = sentenceOf(item.reason);
  return {
    id: item.promise.id,
    name: item.person.name,
    aside: item.person.organisation ?? (group === 'not_now' ? (item.not_now?.place ?? '') : ''),
    // Why not now comes first there: it is what one wants to know.
    reason: group === 'not_now' && item.not_now ? `${steady(item.not_now.why)} ${plain}` : plain,
    when: whenOf(item, group, t, format),
    tone: group === 'late' ? 'late' : group === 'not_now' ? 'quiet' : item.due_soon ? 'soon' : 'plain',
    keeper: item.promise.keeper && {
      name: item.promise.keeper.name,
      label: t('people.keptBy', { name: item.promise.keeper.name }),
    },
  };
}

export function groupsOf(today: Today, t: TFunction, format: Format): TodayGroup[] {
  return today.groups.map((group) => ({
    name: group.name,
    label: t(`today.group.${group.name}`),
    entries: group.items.map((item) => entryOf(item, group.name, t, format)),
  }));
}

export function itemsOf(today: Today): TodayItem[] {
  return today.groups.flatMap((group) => group.items);
}
