import { cx } from './cx';

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
const glyphs: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
  Delete: 'Del',
};

/** The keys of a chord; the last may be "+" itself. */
const keysOf = (chord: string): string[] => chord.match(/[^+]+|\+$/g) ?? [];

export const keyGlyphs = (chord: string): string[] =>
  keysOf(chord).map((key) => glyphs[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** A keyboard hint. Read aloud by `aria-keyshortcuts` on what it belongs to, so hidden here. */
export function Kbd({ keys, onGreen = false }: { keys: string; onGreen?: boolean }) {
  return (
    <span aria-hidden data-keys className="inline-flex shrink-0 gap-1">
      {keyGlyphs(keys).map((glyph, index) => (
        <kbd
          key={index}
          className={cx(
            'inline-flex h-4.75 min-w-4.75 items-center justify-center rounded-small border border-b-2 px-1 font-sans text-[0.6875rem] leading-none font-medium',
            onGreen ? 'border-on-green/40 text-on-green' : 'border-line bg-paper text-ink-3',
          )}
        >
          {glyph}
        </kbd>
      ))}
    </span>
  );
}

/** `mod+k` as the platform reads it aloud. */
export const ariaKeys = (chord: string): string =>
  keysOf(chord)
    .map((key) =>
      key === 'mod'
        ? isMac
          ? 'Meta'
          : 'Control'
        : key.length === 1
          ? key.toUpperCase()
          : key[0]!.toUpperCase() + key.slice(1),
    )
    .join('+');
