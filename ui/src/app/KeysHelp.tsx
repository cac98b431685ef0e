import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shared/Dialog';
import { Kbd } from '../shared/Kbd';
import { activeBindings } from '../shared/keys';

/** The list behind `?`: exactly what can be pressed where one stands. */
export function KeysHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys.title')} size="small">
      <p className="mb-4 text-ink-2">{t('keys.sentence')}</p>
      <KeyList />
    </Dialog>
  );
}

function KeyList() {
  const { t } = useTranslation();
  // Read once, at opening: the dialog's own layer would hide what lies beneath.
  const [bindings] = useState(activeBindings);
  return (
    // Longer than a small window, and with nothing to press in it: the keyboard scrolls it all the same.
    <dl tabIndex={0}>
      {bindings.map((binding) => {
        const keys = typeof binding.keys === 'string' ? [binding.keys] : binding.keys;
        return (
          <div
            key={keys.join()}
            className="flex items-center justify-between gap-4 border-b border-line py-2 last:border-b-0"
          >
            <dt>{t(binding.label!)}</dt>
            <dd className="flex gap-2">
              {keys.slice(0, 2).map((key) => (
                <span key={key}>
                  <Kbd keys={key} />
                  <span className="sr-only">{key}</span>
                </span>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
