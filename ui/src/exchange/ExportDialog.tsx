import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands, type ExportColumn, type Order, type PeopleQuery, type ReachKind } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Checkbox, Select } from '../shared/Field';
import { openExported, showFile } from '../shared/files';
import { errorMessage, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { useCustomFields } from '../people/fields/queries';
import { useSession } from '../team/session';

/** What is written, by the end of the file's name and what that end leaves open. */
const kinds = {
  spreadsheet: { ending: 'xlsx', order: {} },
  csv: { ending: 'csv', order: { form: 'spreadsheet' } },
  exact: { ending: 'csv', order: { form: 'exact' } },
  cards: { ending: 'vcf', order: {} },
  list: { ending: 'html', order: { paper: 'list' } },
  labels: { ending: 'html', order: { paper: 'labels_21' } },
} as const satisfies Record<string, { ending: string; order: Partial<Order> }>;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];
const isPrinted = (kind: Kind) => kinds[kind].ending === 'html';

const columns: Exclude<ExportColumn, 'fields' | 'do_not_call'>[] = [
  'record_id',
  'name',
  'given',
  'family',
  'organisation',
  'role_title',
  'standing',
  'birth_day',
  'phones',
  'emails',
  'addresses',
  'place',
  'country',
  'zone',
  'tags',
  'notes',
  'source',
  'consents',
];
const purposes: (ReachKind | 'any')[] = ['any', 'phone', 'email', 'post'];

/** A copied list is an act: it says what for and how many, leaves out who said no, and is written down with a name. */
export function ExportDialog({
  query,
  people = null,
  total,
  onClose,
}: {
  query: PeopleQuery;
  /** Those who were selected, in place of everyone of the query. */
  people?: string[] | null;
  total: number | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { volunteer } = useSession();
  const [kind, setKind] = useState<Kind>('spreadsheet');
  const [purpose, setPurpose] = useState<ReachKind | 'any'>('any');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isRefusedToo, setRefusedToo] = useState(false);
  const { data: fields = [] } = useCustomFields();
  const choices = [
    ...columns.map((column) => ({
      id: column as string,
      label: t(`export.column.${column}`),
    })),
    ...fields.map((field) => ({ id: field.id, label: field.name })),
  ];
  // Whatever comes back in again has all of its columns.
  const hasColumns = !isPrinted(kind) && kind !== 'exact';
  const order: Order = {
    ...kinds[kind].order,
    query,
    people,
    columns: hasColumns && left.size > 0 ? [...columns.filter((column) => !left.has(column)), 'fields'] : [],
    without_fields: hasColumns ? fields.map((field) => field.id).filter((id) => left.has(id)) : [],
    purpose: kind === 'labels' ? 'post' : purpose === 'any' ? null : purpose,
    include_refused: isRefusedToo,
  };
  const save = useMutation({
    mutationFn: async () => {
      const day = format.dayKey(format.nowMs);
      const name = t('export.fileName', { day, ending: kinds[kind].ending });
      const path = await run(commands.chooseExportFile(name));
      return path === null ? null : run(commands.exportPeople(path, order));
    },
    meta: { showsError: true },
  });
  const done = save.data;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('export.title')}
      footer={
        done ? (
          <>
            <Button onPress={() => showFile(done.file)}>{t('export.show')}</Button>
            {isPrinted(kind) && <Button onPress={() => openExported(done.file)}>{t('export.print')}</Button>}
            <Button look="primary" autoFocus onPress={onClose}>
              {t('common.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              isDisabled={save.isPending || (hasColumns && left.size === choices.length)}
              onPress={() => save.mutate()}
            >
              {save.isPending ? t('export.writing') : t('export.choose')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <div className="flex flex-col gap-2">
          <p>{t('export.done', { count: done.rows, n: format.count(done.rows) })}</p>
          {done.reasons.length > 0 && (
            <ul className="text-ink-2">
              {done.reasons.map((reason) => (
                <li key={reason.why}>
                  {t(`export.leftOut.${reason.why}`, { count: reason.count, n: format.count(reason.count) })}
                </li>
              ))}
            </ul>
          )}
          <p dir="ltr" className="text-small [overflow-wrap:anywhere] text-ink-3 select-text">
            {done.file}
          </p>
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">
            {total === null
              ? t('export.sentence')
              : t('export.sentenceCount', { count: total, n: format.count(total) })}
          </p>
          <RadioGroup
            value={kind}
            onChange={(value) => setKind(value as Kind)}
            className="grid grid-cols-2 gap-2 max-pair:grid-cols-1"
          >
            <Label className="col-span-full text-small font-medium">{t('export.form')}</Label>
            {kindNames.map((value) => (
              <Radio
                key={value}
                value={value}
                className="group flex items-start gap-2.5 rounded-control border border-line p-3 data-focus-visible:outline-2 data-focus-visible:outline-green data-selected:border-green data-selected:bg-green-soft"
              >
                <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface group-data-selected:border-green">
                  <span className="size-2 rounded-full bg-green opacity-0 group-data-selected:opacity-100" />
                </span>
                <span>
                  <span className="block font-medium">{t(`export.kind.${value}`)}</span>
                  <span className="block text-small text-ink-2">{t(`export.hint.${value}`)}</span>
                </span>
              </Radio>
            ))}
          </RadioGroup>
          {kind !== 'labels' && (
            <Select
              label={t('export.purpose')}
              value={purpose}
              onChange={setPurpose}
              options={purposes.map((value) => ({ value, label: t(`export.purposes.${value}`) }))}
            />
          )}
          {hasColumns && (
            <details>
              <summary className="cursor-default rounded-small py-1 text-small font-medium">
                {left.size === 0
                  ? t('export.allColumns')
                  : t('export.someColumns', { n: choices.length - left.size, of: choices.length })}
              </summary>
              <div className="mt-2 grid grid-cols-3 gap-x-4 gap-y-1.5 max-pair:grid-cols-2">
                {choices.map(({ id, label }) => (
                  <Checkbox
                    key={id}
                    isSelected={!left.has(id)}
                    onChange={(isWanted) => {
                      const next = new Set(left);
                      if (isWanted) next.delete(id);
                      else next.add(id);
                      setLeft(next);
                    }}
                  >
                    <bdi className="[overflow-wrap:anywhere]">{label}</bdi>
                  </Checkbox>
                ))}
              </div>
            </details>
          )}
          {volunteer.role === 'director' && (
            <Checkbox
              isSelected={isRefusedToo}
              onChange={setRefusedToo}
              description={t('export.refusedHint')}
            >
              {t('export.refused')}
            </Checkbox>
          )}
          {save.error && (
            <Notice tone="late">
              <span role="alert">{errorMessage(save.error)}</span>
            </Notice>
          )}
        </div>
      )}
    </Dialog>
  );
}
