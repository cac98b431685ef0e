import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx';

const clamps = { 2: 'line-clamp-2', 3: 'line-clamp-3', 4: 'line-clamp-4', 6: 'line-clamp-6' };

/** Somebody's words, however many: as much of them as can be taken in, and the rest for whoever asks. */
export function Clamp({
  children,
  lines = 3,
  className,
}: {
  children: ReactNode;
  lines?: keyof typeof clamps;
  className?: string;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLSpanElement>(null);
  const [isLong, setLong] = useState(false);
  const [isWhole, setWhole] = useState(false);
  useLayoutEffect(() => {
    const words = box.current;
    if (!words || isWhole) return;
    const measure = () => setLong(words.scrollHeight > words.clientHeight + 1);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(words);
    return () => watch.disconnect();
  }, [children, lines, isWhole]);
  return (
    <span className="block min-w-0">
      <span
        ref={box}
        dir="auto"
        className={cx('[overflow-wrap:anywhere] select-text', !isWhole && clamps[lines], className)}
      >
        {children}
      </span>
      {(isLong || isWhole) && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="rounded-small text-small font-medium text-green hover:underline print:hidden"
        >
          {isWhole ? t('common.showLess') : t('common.showAll')}
        </button>
      )}
    </span>
  );
}
