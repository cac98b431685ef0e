import { closed } from './bidi';
import { cx } from './cx';

/** A person's name, as on an envelope: the only thing set in the serif. */
export function PersonName({
  name,
  size = 'list',
  className,
}: {
  name: string;
  size?: 'inline' | 'list' | 'person';
  className?: string;
}) {
  return (
    <span
      dir="auto"
      className={cx(
        'font-name font-[560] select-text [overflow-wrap:anywhere]',
        size === 'list' && 'text-name',
        size === 'person' && 'text-person',
        className,
      )}
    >
      {closed(name)}
    </span>
  );
}

/** First letter of the first and of the last word; whole grapheme clusters, so no script is cut in half. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = (word: string | undefined) => {
    if (!word) return '';
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)) {
      if (/[\p{L}\p{N}]/u.test(segment)) return segment.toLocaleUpperCase();
    }
    return '';
  };
  return words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]);
}

export function Avatar({ name, label, size = 24 }: { name: string; label?: string; size?: 24 | 32 | 40 }) {
  return (
    <span
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      title={label}
      style={{ width: size, height: size, fontSize: size === 24 ? 10 : size === 32 ? 12 : 14 }}
      className="inline-flex shrink-0 items-center justify-center rounded-full bg-green-soft leading-none font-semibold text-green"
    >
      {initialsOf(name)}
    </span>
  );
}
