import { useTranslation } from 'react-i18next';
import type { ImportLine } from '../ipc/bindings';
import { useFormat } from '../shared/time';

export const counted = ['created', 'updated', 'unchanged', 'rejected'] as const;

/** What became of the rows, or would. */
export function Numbers({
  line,
  will = false,
}: {
  line: Pick<ImportLine, (typeof counted)[number]>;
  /** Nothing of it has happened yet. */
  will?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="grid grid-cols-4 gap-4 max-pair:grid-cols-2">
      {counted.map((name) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-small text-ink-3">
            {will ? t(`exchange.will.count.${name}`) : t(`exchange.import.count.${name}`)}
          </dt>
          <dd className="tnum text-title font-semibold">{format.count(line[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
