import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { commands, type ExportForm, type PeopleQuery } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { errorMessage, Notice } from '../shared/States';
import { useFormat } from '../shared/time';

const forms: ExportForm[] = ['spreadsheet', 'exact'];

/** A copied list is an act: it says how many, leaves out who said no, and is written down with a name. */
export function ExportDialog({
  query,
  total,
  onClose,
}: {
  query: PeopleQuery;
  total: number | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<ExportForm>('spreadsheet');
  const save = useMutation({
    mutationFn: async () => {
      const path = await run(
        commands.chooseExportFile(t('export.fileName', { day: format.dayKey(format.nowMs) })),
      );
      return path === null ? null : run(commands.exportPeople(path, query, form));
    },
    meta: { showsError: true },
  });
  const done = save.data;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('export.title')}
      size="small"
      footer={
        done ? (
          <>
            <Button onPress={() => void run(commands.showFile(done.file))}>{t('export.show')}</Button>
            <Button look="primary" autoFocus onPress={onClose}>
              {t('common.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button look="primary" isDisabled={save.isPending} onPress={() => save.mutate()}>
              {t('export.choose')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <div className="flex flex-col gap-2">
          <p>{t('export.done', { count: done.rows, n: format.count(done.rows) })}</p>
          {done.left_out > 0 && (
            <p className="text-ink-2">
              {t('export.leftOut', { count: done.left_out, n: format.count(done.left_out) })}
            </p>
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
            value={form}
            onChange={(value) => setForm(value as ExportForm)}
            className="flex flex-col gap-2"
          >
            <Label className="text-small font-medium">{t('export.form')}</Label>
            {forms.map((value) => (
              <Radio
                key={value}
                value={value}
                className="group flex items-start gap-2.5 rounded-control border border-line p-3 data-focus-visible:outline-2 data-focus-visible:outline-green data-selected:border-green data-selected:bg-green-soft"
              >
                <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface group-data-selected:border-green">
                  <span className="size-2 rounded-full bg-green opacity-0 group-data-selected:opacity-100" />
                </span>
                <span>
                  <span className="block font-medium">{t(`export.${value}`)}</span>
                  <span className="block text-small text-ink-2">{t(`export.${value}Hint`)}</span>
                </span>
              </Radio>
            ))}
          </RadioGroup>
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
