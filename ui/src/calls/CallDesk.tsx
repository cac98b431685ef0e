import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { navigate, type Route } from '../shared/route';
import { ErrorState, Skeleton } from '../shared/States';
import { BeforeCall } from './BeforeCall';
import { Desk } from './Desk';
import { useCall } from './queries';

type CallRoute = Extract<Route, { name: 'call' }>;

export function CallDesk({ route }: { route: CallRoute }) {
  return route.call ? <BegunCall key={route.call} id={route.call} /> : <BeforeCall route={route} />;
}

function BegunCall({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: call, error, refetch } = useCall(id);
  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={() => navigate({ name: 'today' })}>{t('calls.gate.toToday')}</Button>
      </ErrorState>
    );
  }
  return call ? <Desk call={call} /> : <Skeleton rows={5} className="p-8" />;
}
