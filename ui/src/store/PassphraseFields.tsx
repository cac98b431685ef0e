import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Field } from '../shared/Field';

const leastLetters = 10;

/** What is wrong with a new passphrase, or null. */
export function passphraseFault(passphrase: string, again: string, t: TFunction): string | null {
  if ([...passphrase].length < leastLetters) return t('book.passphrase.short', { count: leastLetters });
  return passphrase === again ? null : t('book.passphrase.differs');
}

/** Twice, since nobody sees what they type. */
export function PassphraseFields({
  passphrase,
  again,
  onPassphrase,
  onAgain,
}: {
  passphrase: string;
  again: string;
  onPassphrase: (words: string) => void;
  onAgain: (words: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('book.passphrase.label')}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        onChange={onPassphrase}
        description={t('book.passphrase.hint')}
      />
      <Field
        label={t('book.passphrase.again')}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={onAgain}
      />
    </>
  );
}
