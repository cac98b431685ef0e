import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnfinishedCall } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { useFormat } from '../shared/time';
import { useSession } from '../team/session';
import { NeverMade } from './NeverMade';
import { useUnfinishedCalls } from './queries';

/** A call that was begun and not filed comes back, until someone says what came of it. */
export function UnfinishedCalls() {
  const { t } = useTranslation();
  const format = useFormat();
  const { volunteer } = useSession();
  const { data: calls = [] } = useUnfinishedCalls();
  const [denying, setDenying] = useState<UnfinishedCall | null>(null);
  if (calls.length === 0) return null;
  return (
    <>
      <ul
        aria-label={t('calls.unfinished.label')}
        className="max-h-32 shrink-0 overflow-y-auto border-b border-line bg-amber-soft"
      >
        {calls.map((call) => (
          <li
            key={call.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-7 py-2 last:border-b-0"
          >
            <PhoneOff aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-amber" />
            <p className="min-w-0 flex-1 basis-60">
              {call.by === null || call.by === volunteer.name
                ? t('calls.unfinished.youRang')
                : t('calls.unfinished.theyRang', { by: call.by })}{' '}
              <PersonName name={call.person.name} size="inline" />
              {t('calls.unfinished.after', { when: format.near(call.began_ms) })}
            </p>
            <Button
              size="small"
              onPress={() => navigate({ name: 'call', person: call.person.id, call: call.id })}
            >
              {call.ended ? t('calls.unfinished.file') : t('calls.unfinished.resume')}
            </Button>
            <Button look="quiet" size="small" onPress={() => setDenying(call)}>
              {t('calls.unfinished.neverMade')}
            </Button>
          </li>
        ))}
      </ul>
      {denying && <NeverMade call={denying.id} name={denying.person.name} onClose={() => setDenying(null)} />}
    </>
  );
}
