import { Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { commands, type BriefOf, type Dialled } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Select } from '../shared/Field';
import { errorMessage, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { CallSheets, type SheetForm } from './CallSheet';

/** Briefs on paper: of one person or of a whole list, with room to write down what came of it. */
export function SheetDialog({
  one,
  name,
  all = [],
  dialled = null,
  onClose,
}: {
  one: BriefOf;
  name: string;
  /** Everyone on the list that it was asked for from, in its order. */
  all?: BriefOf[];
  /** Of a call that has begun: its number may stand on the sheet. */
  dialled?: Dialled | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [whose, setWhose] = useState<'one' | 'all'>('one');
  const [form, setForm] = useState<SheetForm>('pages');
  const of = whose === 'all' ? all : [one];
  const {
    data: briefs,
    error,
    refetch,
  } = useQuery({
    queryKey: ['briefs', of],
    queryFn: () => run(commands.briefs(of)),
    // Paper says what holds when it is printed.
    staleTime: 0,
    gcTime: 0,
  });
  const print = async () => {
    if (!briefs) await refetch();
    // Drawn first, in fonts that are fetched with the first name that needs them.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await document.fonts.ready;
    // Where they could not be read, or nobody waits for them any more, it would be the window that is printed.
    if (document.querySelector('[data-print-sheet]')) window.print();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={all.length > 1 ? t('sheet.title') : t('sheet.titleOne')}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          <Button look="primary" autoFocus icon={Printer} onPress={() => void print()}>
            {t('sheet.print')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {all.length > 1 && (
          <Select
            label={t('sheet.who')}
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'one', label: name },
              { value: 'all', label: t('sheet.all', { count: all.length, n: format.count(all.length) }) },
            ]}
          />
        )}
        {whose === 'all' && (
          <Select
            label={t('sheet.form')}
            value={form}
            onChange={setForm}
            options={[
              { value: 'pages', label: t('sheet.pages') },
              { value: 'list', label: t('sheet.list') },
            ]}
          />
        )}
        {error ? (
          <Notice>
            <span role="alert">{errorMessage(error)}</span>
          </Notice>
        ) : (
          <p className="text-ink-2">
            {!briefs ? t('sheet.preparing') : dialled ? t('sheet.uncovered') : t('sheet.covered')}
          </p>
        )}
      </div>
      {briefs && <CallSheets briefs={briefs} form={whose === 'all' ? form : 'pages'} dialled={dialled} />}
    </Dialog>
  );
}
