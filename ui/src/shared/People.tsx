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

const avatars = {
  24: 'size-6 text-[0.625rem]',
  32: 'size-8 text-[0.75rem]',
  40: 'size-10 text-[0.875rem]',
};

export function Avatar({
  name,
  label,
  size = 24,
}: {
  name: string;
  label?: string;
  size?: keyof typeof avatars;
}) {
  return (
    <span
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      title={label}
      className={cx(
        avatars[size],
        'inline-flex shrink-0 items-center justify-center rounded-full bg-green-soft leading-none font-semibold text-green',
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
