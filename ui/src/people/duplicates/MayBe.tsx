import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPerson } from '../../ipc/bindings';
import { PersonName } from '../../shared/People';
import { Notice } from '../../shared/States';
import { dotted } from '../../shared/bidi';
import { useSettled } from '../../shared/useSettled';
import { useMayBe } from './queries';

const leastLetters = 3;

/** Someone who is being typed in may be in the book already: said while there is time not to make them twice. */
export function MayBe({ person, onOpen }: { person: NewPerson; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const typed = useSettled(
    useMemo(() => person, [person]),
    120,
  );
  const isAsking = [typed.name, typed.phone, typed.email].some(
    (text) => (text ?? '').trim().length >= leastLetters,
  );
  const { data = [] } = useMayBe(isAsking ? typed : null);
  if (!isAsking || data.length === 0) return null;
  return (
    <Notice className="col-span-2 items-start">
      <p>
        <strong>{t('duplicates.mayBe', { count: data.length })}</strong>
      </p>
      <ul className="mt-1 grid gap-1.5">
        {data.map((one) => (
          <li key={one.person.id}>
            <button
              type="button"
              onClick={() => onOpen(one.person.id)}
              className="max-w-full text-start underline-offset-3 hover:underline"
            >
              <PersonName name={one.person.name} />
              {one.person.organisation && (
                <span className="text-small text-ink-3"> {one.person.organisation}</span>
              )}
            </button>
            <p className="text-small">
              {dotted(one.reasons.filter((reason) => reason.speaks_for).map((reason) => reason.words))}
            </p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
