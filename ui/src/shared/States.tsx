import { AlertTriangle, Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { cx } from './cx';

/** Nothing is here, why, and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-1 px-6 py-14 text-center">
      {Icon && <Icon aria-hidden size={26} strokeWidth={1.4} className="mb-3 text-ink-3" />}
      <p className="text-reason font-semibold">{title}</p>
      {children && <div className="text-ink-2">{children}</div>}
      {action && <div className="mt-4 flex gap-2.5">{action}</div>}
    </div>
  );
}

/** What happened, in the words it came with, and the way out. */
export function ErrorState({
  error,
  onRetry,
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-1 px-6 py-14 text-center">
      <AlertTriangle aria-hidden size={24} strokeWidth={1.5} className="mb-3 text-ink-3" />
      <p className="text-reason font-semibold">{t('error.title')}</p>
      <p className="text-ink-2 [overflow-wrap:anywhere] select-text">
        {errorMessage(error) || t('error.unknown')}
      </p>
      <div className="mt-4 flex gap-2.5">
        {onRetry && <Button onPress={onRetry}>{t('error.retry')}</Button>}
        {children}
      </div>
    </div>
  );
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : typeof error === 'string' ? error : '';
}

/** Lines where words will stand. Invisible for the first 150 ms. */
export function Skeleton({ rows = 5, className }: { rows?: number; className?: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className={cx('appear-late', className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex flex-col gap-2.5 border-b border-line py-4 last:border-b-0">
          <span className="h-4 rounded-small bg-line" style={{ width: `${34 + ((row * 17) % 22)}%` }} />
          <span
            className="h-3 rounded-small bg-line opacity-60"
            style={{ width: `${62 + ((row * 23) % 28)}%` }}
          />
        </div>
      ))}
    </div>
  );
}

const tones = {
  /** Must not be missed, and is nobody's failing. */
  plain: 'border border-line bg-surface',
  late: 'bg-brick-soft',
  soon: 'bg-amber-soft',
  good: 'bg-green-soft',
};

export function Notice({
  tone = 'plain',
  icon: Icon = Info,
  children,
  action,
  className,
}: {
  tone?: keyof typeof tones;
  icon?: LucideIcon | null;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('flex items-center gap-3.5 rounded-box px-4 py-3', tones[tone], className)}>
      {Icon && (
        <Icon
          aria-hidden
          size={17}
          strokeWidth={1.75}
          className={cx(
            'shrink-0',
            tone === 'late' ? 'text-brick' : tone === 'good' ? 'text-green' : 'text-amber',
          )}
        />
      )}
      <div className="min-w-0 flex-1 text-ink-2 [overflow-wrap:anywhere] [&_strong]:font-semibold [&_strong]:text-ink">
        {children}
      </div>
      {action}
    </div>
  );
}
