import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PeopleSort } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { columns } from './columns';
import { setPeopleView, type PeopleView } from './view';

/** What the rows show, and what they go by: a press sorts by it, another one the other way round. */
export function PeopleHeader({ view, hasStrip }: { view: PeopleView; hasStrip: boolean }) {
  const { t } = useTranslation();
  // Words find by who matters; without any the list goes by name.
  const by = view.sort ?? (view.words.trim() === '' ? 'name' : null);
  const sort = (column: PeopleSort) => {
    if (by !== column) setPeopleView({ sort: column, descending: false });
    else if (!view.descending) setPeopleView({ sort: column, descending: true });
    else setPeopleView({ sort: null, descending: false });
  };
  const heading = (column: PeopleSort, look: string) => (
    <button
      key={column}
      type="button"
      onClick={() => sort(column)}
      aria-pressed={by === column}
      aria-label={t('people.sortBy', {
        column: t(`people.column.${column}`),
        way: by === column ? t(view.descending ? 'people.sortedDown' : 'people.sortedUp') : '',
      })}
      className={cx(
        'flex h-8 items-center gap-1 rounded-small text-label font-semibold -outline-offset-2',
        by === column ? 'text-ink-2' : 'text-ink-3 hover:text-ink-2',
        look,
      )}
    >
      {t(`people.column.${column}`)}
      {by === column &&
        (view.descending ? (
          <ArrowUp aria-hidden size={12} strokeWidth={2} />
        ) : (
          <ArrowDown aria-hidden size={12} strokeWidth={2} />
        ))}
    </button>
  );
  const waits = by === 'longest_waiting' ? 'longest_waiting' : 'last_touch';
  return (
    <div
      role="group"
      aria-label={t('people.sortLabel')}
      className={cx('flex items-center gap-4 border-b border-line ps-7', hasStrip ? 'pe-12' : 'pe-7')}
    >
      <span className="flex min-w-0 flex-1 items-center gap-4">
        {heading('name', '')}
        {heading('organisation', '')}
      </span>
      {heading('standing', columns.standing)}
      {heading('place', columns.place)}
      {heading(waits, cx(columns.touch, 'justify-end'))}
      {heading('keeper', cx(columns.keeper, 'justify-center'))}
    </div>
  );
}
