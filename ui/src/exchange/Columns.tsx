import { useTranslation } from 'react-i18next';
import type { Preview } from '../ipc/bindings';
import { Select } from '../shared/Field';
import { useFieldName } from './fieldName';

const fieldOf = (field: string) => field.split(':')[0]!;
const shownSamples = 3;

/** Each column with what it is taken for, and a few of its cells. */
export function Columns({
  preview,
  onChange,
}: {
  preview: Preview;
  onChange: (header: string, field: string) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (
    <div role="table" aria-label={t('exchange.import.columns')}>
      <div role="row" className="sr-only">
        <span role="columnheader">{t('exchange.import.column')}</span>
        <span role="columnheader">{t('exchange.import.samples')}</span>
        <span role="columnheader">{t('exchange.import.becomes')}</span>
      </div>
      {preview.columns.map((column, index) => {
        const samples = [...new Set(preview.rows.map((row) => row[index]?.trim() ?? ''))]
          .filter(Boolean)
          .slice(0, shownSamples);
        // A label that the file gave its column ("phone:work") stays among the choices.
        const fields = [...new Set([column.field, ...preview.fields])];
        const isSkipped = ['skip', 'ignore'].includes(fieldOf(column.field));
        return (
          <div
            role="row"
            key={`${index}-${column.header}`}
            className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)_13rem] items-center gap-4 border-b border-line py-2 last:border-b-0 max-pair:grid-cols-1 max-pair:gap-1"
          >
            <span role="rowheader" dir="auto" className="font-medium [overflow-wrap:anywhere]">
              {column.header || t('exchange.import.noHeader', { n: index + 1 })}
            </span>
            <span role="cell" className="min-w-0 truncate text-ink-2">
              {samples.length > 0 ? (
                samples.map((sample, at) => (
                  <span key={at}>
                    {at > 0 && ' · '}
                    <bdi>{sample}</bdi>
                  </span>
                ))
              ) : (
                <span className="text-ink-3">{t('exchange.import.emptyColumn')}</span>
              )}
            </span>
            <span role="cell" className={isSkipped ? 'text-ink-3' : undefined}>
              <Select
                label={t('exchange.import.becomesOf', { header: column.header })}
                hideLabel
                value={column.field}
                onChange={(field) => onChange(column.header, field)}
                options={fields.map((field) => ({ value: field, label: nameOf(field) }))}
              />
            </span>
          </div>
        );
      })}
    </div>
  );
}
