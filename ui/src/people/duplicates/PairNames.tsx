import { useTranslation } from 'react-i18next';
import type { PersonRef } from '../../ipc/bindings';
import { PersonName } from '../../shared/People';

/** Both names; one of them where they are the same. */
export function PairNames({ one, other }: { one: PersonRef; other: PersonRef }) {
  const { t } = useTranslation();
  return (
    <>
      <PersonName name={one.name} />
      {one.name !== other.name && (
        <>
          <span className="text-ink-3"> {t('duplicates.and')} </span>
          <PersonName name={other.name} />
        </>
      )}
    </>
  );
}
