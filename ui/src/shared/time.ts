// Every instant is shown in the association's zone, in the manner of its country. Instants are UTC milliseconds.
import { createContext, use, useMemo, useSyncExternalStore } from 'react';

export interface Place {
  /** IANA, e.g. `Australia/Brisbane`. */
  zone: string;
  /** ISO 3166, e.g. `AU`. */
  country: string;
}

export const PlaceContext = createContext<Place>({ zone: 'UTC', country: 'GB' });

const dayMs = 86_400_000;

function localeOf(country: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(`en-${country}`)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

export class Format {
  readonly locale: string;
  private readonly formats = new Map<string, Intl.DateTimeFormat>();

  constructor(
    readonly place: Place,
    readonly nowMs: number,
  ) {
    this.locale = localeOf(place.country);
  }

  private format(atMs: number, options: Intl.DateTimeFormatOptions): string {
    const id = JSON.stringify(options);
    let format = this.formats.get(id);
    if (!format) {
      format = new Intl.DateTimeFormat(this.locale, { timeZone: this.place.zone, ...options });
      this.formats.set(id, format);
    }
    return format.format(atMs);
  }

  /** The calendar day of an instant there, as `2026-11-23`. */
  dayKey(atMs: number): string {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: this.place.zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return parts.format(atMs);
  }

  /** Whole calendar days from today there; negative is past. */
  daysFromToday(atMs: number): number {
    return Math.round((Date.parse(this.dayKey(atMs)) - Date.parse(this.dayKey(this.nowMs))) / dayMs);
  }

  /** `8:40`, or `8:40 am` where the country says so. */
  time(atMs: number): string {
    if (this.place.country === 'US') {
      return this.format(atMs, { hour: 'numeric', minute: '2-digit', hour12: true });
    }
    return this.format(atMs, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).replace(
      /^0(?=\d)/,
      '',
    );
  }

  /** `Monday 23 November` */
  longDay(atMs: number): string {
    return this.format(atMs, { weekday: 'long', day: 'numeric', month: 'long' }).replace(
      /^(\p{L}+), /u,
      '$1 ',
    );
  }

  /** `2 November`, with the year where it is not this one. */
  day(atMs: number): string {
    const sameYear = this.dayKey(atMs).slice(0, 4) === this.dayKey(this.nowMs).slice(0, 4);
    return this.format(atMs, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
  }

  weekday(atMs: number): string {
    return this.format(atMs, { weekday: 'long' });
  }

  /** `2 November, 10:15` */
  dayTime(atMs: number): string {
    return `${this.day(atMs)}, ${this.time(atMs)}`;
  }

  relativeDay(days: number): string {
    return new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(days, 'day');
  }

  /** `today 8:40`, `tomorrow 9:00`, `Friday 17:00`, `2 November, 10:15` */
  near(atMs: number): string {
    const days = this.daysFromToday(atMs);
    if (Math.abs(days) <= 1) return `${this.relativeDay(days)} ${this.time(atMs)}`;
    if (days > 1 && days < 7) return `${this.weekday(atMs)} ${this.time(atMs)}`;
    return this.dayTime(atMs);
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
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  }

  count(n: number): string {
    return new Intl.NumberFormat(this.locale).format(n);
  }

  list(words: string[]): string {
    return new Intl.ListFormat(this.locale, { style: 'long', type: 'conjunction' }).format(words);
  }
}

// One clock for the window, so that two rows never disagree about the minute.
const tickMs = 30_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
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

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

export function useFormat(): Format {
  const place = use(PlaceContext);
  const nowMs = useNow();
  return useMemo(() => new Format(place, nowMs), [place, nowMs]);
}
