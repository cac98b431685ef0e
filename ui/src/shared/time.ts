// Every instant is shown in the association's zone. Instants are UTC milliseconds.
import { createContext, use, useMemo, useSyncExternalStore } from 'react';

export interface Place {
  /** IANA, e.g. `Australia/Brisbane`. */
  zone: string;
}

export const PlaceContext = createContext<Place>({ zone: 'UTC' });

const dayMs = 86_400_000;
/** From here on, the day and the month alone could be taken for those of another year. */
const farDays = 300;

// The core's own sentences are in this English ("on 2 November at 8:40"); what stands beside them speaks alike.
const locale = 'en-GB';

export class Format {
  private readonly formats = new Map<string, Intl.DateTimeFormat>();
  private readonly clock: Intl.DateTimeFormat;

  constructor(
    readonly place: Place,
    readonly nowMs: number,
  ) {
    this.clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: place.zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  private format(atMs: number, options: Intl.DateTimeFormatOptions): string {
    const id = JSON.stringify(options);
    let format = this.formats.get(id);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { timeZone: this.place.zone, ...options });
      this.formats.set(id, format);
    }
    return format.format(atMs);
  }

  /** The calendar day of an instant there, as `2026-11-23`. */
  dayKey(atMs: number): string {
    // By its parts: how a locale writes a date differs from one engine to the next.
    const part = this.parts(atMs);
    return `${part('year')}-${part('month')}-${part('day')}`;
  }

  private parts(atMs: number): (type: string) => string {
    const parts = this.clock.formatToParts(atMs);
    return (type) => parts.find((each) => each.type === type)!.value;
  }

  /** Whole calendar days from today there; negative is past. */
  daysFromToday(atMs: number): number {
    return Math.round((Date.parse(this.dayKey(atMs)) - Date.parse(this.dayKey(this.nowMs))) / dayMs);
  }

  /** `8:40` */
  time(atMs: number): string {
    return this.format(atMs, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).replace(
      /^0(?=\d)/,
      '',
    );
  }

  /** `Monday 23 November`, with the year where it is not this one, or nearly a year away. */
  longDay(atMs: number): string {
    const isNear = this.isThisYear(atMs) && Math.abs(this.daysFromToday(atMs)) < farDays;
    return this.format(atMs, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(isNear ? {} : { year: 'numeric' }),
    }).replace(/^(\p{L}+), /u, '$1 ');
  }

  private isThisYear(atMs: number): boolean {
    return this.dayKey(atMs).slice(0, 4) === this.dayKey(this.nowMs).slice(0, 4);
  }

  /** `2 November`, with the year where it is not this one. */
  day(atMs: number): string {
    return this.format(atMs, {
      day: 'numeric',
      month: 'long',
      ...(this.isThisYear(atMs) ? {} : { year: 'numeric' }),
    });
  }

  /** 1 is Monday, 7 is Sunday. */
  weekdayNumber(atMs: number): number {
    return ((new Date(`${this.dayKey(atMs)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  }

  /** The instant of an hour there, some days from today. Within a gap of the clock, the hour after it. */
  atLocal(daysAhead: number, hour: number, minute = 0): number {
    const day = new Date(Date.parse(this.dayKey(this.nowMs)) + daysAhead * dayMs);
    const wall = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute);
    // The offset is that of the instant itself, which the first guess may miss by a change of the clock.
    let atMs = wall - this.offsetMs(wall);
    atMs = wall - this.offsetMs(atMs);
    return atMs;
  }

  private offsetMs(atMs: number): number {
    const text = this.parts(atMs);
    const part = (type: string) => Number(text(type));
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - Math.floor(atMs / 1000) * 1000;
  }

  weekday(atMs: number): string {
    return this.format(atMs, { weekday: 'long' });
  }

  /** `2 November 10:15` */
  dayTime(atMs: number): string {
    return `${this.day(atMs)} ${this.time(atMs)}`;
  }

  relativeDay(days: number): string {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  }

  /** `today 8:40`, `tomorrow 9:00`, `Friday 17:00`, `2 November 10:15` */
  near(atMs: number): string {
    const days = this.daysFromToday(atMs);
    if (Math.abs(days) <= 1) return `${this.relativeDay(days)} ${this.time(atMs)}`;
    if (days > 1 && days < 7) return `${this.weekday(atMs)} ${this.time(atMs)}`;
    return this.dayTime(atMs);
  }

  /** `tomorrow 12:00–14:00`; over several days, the last of them. */
  between(fromMs: number, untilMs: number): string {
    if (this.dayKey(fromMs) !== this.dayKey(untilMs)) return this.near(untilMs);
    return `${this.near(fromMs)}–${this.time(untilMs)}`;
  }

  /** `tomorrow`, `Friday`, `4 December` */
  comingDay(atMs: number): string {
    const days = this.daysFromToday(atMs);
    if (days <= 1) return this.relativeDay(days);
    return days < 7 ? this.weekday(atMs) : this.day(atMs);
  }

  /** `today`, `yesterday`, `5 days ago`, then the day itself. */
  ago(atMs: number): string {
    const days = this.daysFromToday(atMs);
    return days > 0 || days < -30 ? this.day(atMs) : this.relativeDay(days);
  }

  /** How long, in the one unit a person would say: `21 days`, `3 hours`, `12 minutes`. */
  duration(ms: number): string {
    const minutes = Math.max(0, Math.floor(ms / 60_000));
    const [value, unit] =
      minutes < 60
        ? ([minutes, 'minute'] as const)
        : minutes < 24 * 60
          ? ([Math.floor(minutes / 60), 'hour'] as const)
          : ([Math.floor(minutes / (24 * 60)), 'day'] as const);
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  }

  count(n: number): string {
    return new Intl.NumberFormat(locale).format(n);
  }

  list(words: string[]): string {
    return new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(words);
  }
}

// One clock for the window, so that two rows never disagree about the minute.
const tickMs = 30_000;
let offsetMs = 0;
const read = () => Date.now() + offsetMs;
/** The core's instant now, to the millisecond. */
export const coreNowMs = (): number => read();
let now = read();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) now = read();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = read();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The core's clock is the one that judges what is late; the window goes by it. */
export function followClock(atMs: number): void {
  const next = atMs - Date.now();
  if (Math.abs(next - offsetMs) < 2_000) return;
  offsetMs = Math.abs(next) < 2_000 ? 0 : next;
  now = read();
  for (const each of listeners) each();
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

export function useFormat(): Format {
  const place = use(PlaceContext);
  const nowMs = useNow();
  return useMemo(() => new Format(place, nowMs), [place, nowMs]);
}
