import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../ipc/bindings';

/** What stands in the way of this script, with its line and the way out. */
export function Problems({
  problems,
  onGoTo,
}: {
  problems: Problem[];
  onGoTo: (line: number, index: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('scripts.problem.label')} className="border-t border-line bg-surface">
      <div role="status" className="px-4 py-2 text-small">
        {problems.length === 0 ? (
          <span className="flex items-center gap-2 text-ink-2">
            <Check aria-hidden size={14} strokeWidth={2} className="text-green" />
            {t('scripts.problem.none')}
          </span>
        ) : (
          <span className="font-semibold">{t('scripts.problem.count', { count: problems.length })}</span>
        )}
      </div>
      {problems.length > 0 && (
        <ul className="max-h-40 overflow-y-auto pb-2">
          {problems.map((problem, index) => (
            <li key={index}>
              <button
                type="button"
                data-problem={index}
                onClick={() => onGoTo(problem.line ?? 1, index)}
                className="flex w-full items-start gap-3 px-4 py-1.5 text-start text-small transition-colors duration-120 hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <span aria-hidden className="mt-1.25 size-2 shrink-0 rounded-full bg-brick" />
                {problem.line !== null && (
                  <span className="tnum w-14 shrink-0 text-ink-3">
                    {t('scripts.problem.line', { line: problem.line })}
                  </span>
                )}
                <span className="min-w-0 flex-1 text-ink [overflow-wrap:anywhere] first-letter:uppercase">
                  {problem.message}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
