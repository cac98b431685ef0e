import { Check, Copy, Printer } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { Checkbox } from '../shared/Field';
import { showError } from '../shared/Toast';
import { Front } from './Front';

/** The key in the groups it was made of, two lines of it: to be compared letter by letter. */
function Groups({ value, className }: { value: string; className?: string }) {
  const groups = value.split('-');
  return (
    <p
      dir="ltr"
      translate="no"
      className={`flex flex-wrap gap-x-4 gap-y-1 font-mono select-text ${className ?? ''}`}
    >
      {groups.map((group, index) => (
        <span key={index}>
          {group}
          {index < groups.length - 1 && <span className="sr-only">-</span>}
        </span>
      ))}
    </p>
  );
}

/** What printing prints, in place of the window. */
function Sheet({ value, association }: { value: string; association: string }) {
  const { t } = useTranslation();
  return createPortal(
    <div data-print-sheet className="hidden p-12 text-[12pt] leading-relaxed text-black print:block">
      <p className="text-[16pt] font-semibold">{t('book.key.sheetTitle', { name: association })}</p>
      <p className="mt-4">{t('book.key.sheetSentence')}</p>
      <p className="mt-8 border border-black p-6 font-mono text-[15pt] tracking-wide [overflow-wrap:anywhere]">
        {value}
      </p>
      <p className="mt-8">{t('book.key.sheetCare')}</p>
    </div>,
    document.body,
  );
}

/** The recovery key with its two ways onto paper, and the word that it is there. */
export function RecoveryKeyCard({
  value,
  association,
  onDone,
}: {
  value: string;
  association: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [isPrinted, setPrinted] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => showError(t('book.key.copyFailed')),
    );
  return (
    <div className="flex flex-col gap-5">
      <div className="rounded-box border border-line bg-surface px-5 py-4">
        <Groups value={value} className="text-[1.0625rem]/7 font-medium" />
      </div>
      <div className="flex flex-wrap gap-2.5">
        <Button look="primary" icon={Printer} autoFocus onPress={() => window.print()}>
          {t('book.key.print')}
        </Button>
        <Button icon={isCopied ? Check : Copy} onPress={() => void copy()}>
          {isCopied ? t('book.key.copied') : t('book.key.copy')}
        </Button>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-4 border-t border-line pt-5">
        <Checkbox isSelected={isPrinted} onChange={setPrinted}>
          {t('book.key.have')}
        </Checkbox>
        <Button isDisabled={!isPrinted} onPress={onDone}>
          {t('book.key.done')}
        </Button>
      </div>
      <Sheet value={value} association={association} />
    </div>
  );
}

/** After the book was made, and before anything else. */
export function RecoveryKeyScreen({
  value,
  association,
  onDone,
}: {
  value: string;
  association: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Front wide title={t('book.key.title')} sentence={t('book.key.sentence')}>
      <RecoveryKeyCard value={value} association={association} onDone={onDone} />
    </Front>
  );
}
