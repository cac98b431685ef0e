import { useTranslation } from 'react-i18next';
import type { Share } from '../../ipc/bindings';
import { shareOf } from './shares';

const percent = (value: number) => `${Math.round(value * 100)} %`;

/** A share of a few calls, and what it may be in truth: a dot, and the interval around it. */
export function ShareBar({ label, share }: { label: string; share: Share }) {
  const { t } = useTranslation();
  const value = shareOf(share);
  const told =
    value === null
      ? t('scripts.share.none')
      : t('scripts.share.told', {
          count: share.count,
          of: share.of,
          percent: percent(value),
          low: percent(share.low),
          high: percent(share.high),
        });
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-3">
      <span className="text-small text-ink-2">{label}</span>
      {value === null ? (
        <span className="text-small text-ink-3">{told}</span>
      ) : (
        <span className="flex items-center gap-3">
          <span role="img" aria-label={told} title={told} className="relative h-4 min-w-16 flex-1">
            <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
            {[0, 50, 100].map((at) => (
              <span
                key={at}
                className="absolute top-1 h-2 w-px bg-line"
                style={{ insetInlineStart: `calc(${at}% - ${at / 100}px)` }}
              />
            ))}
            <span
              className="absolute top-1.25 h-1.5 rounded-full bg-green/30"
              style={{
                insetInlineStart: `${share.low * 100}%`,
                width: `${(share.high - share.low) * 100}%`,
              }}
            />
            <span
              className="absolute top-1 size-2 -translate-x-1/2 rounded-full bg-green"
              style={{ left: `${value * 100}%` }}
            />
          </span>
          <span aria-hidden className="tnum w-28 shrink-0 text-small text-ink-2">
            <span className="font-semibold text-ink">{percent(value)}</span>{' '}
            {t('scripts.share.of', { count: share.count, of: share.of })}
          </span>
        </span>
      )}
    </div>
  );
}
