import { useMemo } from 'react';
import { commands } from '../ipc/bindings';
import { useKeys } from '../shared/keys';
import { PlaceContext } from '../shared/time';
import { ToastPlace } from '../shared/Toast';
import { ErrorState, Skeleton } from '../shared/States';
import { useStatus } from '../team/queries';
import { RecoveryKeyScreen } from '../store/RecoveryKey';
import { setPendingKey, usePendingKey } from '../store/pendingKey';
import { SessionContext } from '../team/session';
import { gates } from './screens';
import { Shell } from './Shell';

/** The whole window. */
export function Gate() {
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        <Gated />
      </div>
      <ToastPlace at="window" />
    </div>
  );
}

/** What the window shows first: a book that does not open, who is there, or the app itself. */
function Gated() {
  const { data: status, error, refetch } = useStatus();
  // Here, since closing the window keeps Wellmet going: whoever may not sign in can still quit.
  useKeys([{ keys: 'mod+q', label: 'keys.quit', whileTyping: true, run: () => void commands.quit() }]);
  const pendingKey = usePendingKey();
  const zone = status?.association?.zone ?? 'UTC';
  const place = useMemo(() => ({ zone }), [zone]);
  const { association, signed_in: volunteer } = status ?? {};
  const session = useMemo(
    () => (association && volunteer ? { association, volunteer } : null),
    [association, volunteer],
  );

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!status) return <Skeleton rows={3} className="p-8" />;
  if (pendingKey !== null) {
    return (
      <RecoveryKeyScreen
        value={pendingKey}
        association={association?.name ?? ''}
        onDone={() => setPendingKey(null)}
      />
    );
  }
  if (status.fault) {
    const Fault = gates.fault;
    return Fault ? (
      <Fault status={status} fault={status.fault} />
    ) : (
      <ErrorState error={status.fault.message} onRetry={() => void refetch()} />
    );
  }
  return (
    <PlaceContext value={place}>
      {session ? (
        <SessionContext value={session}>
          <Shell />
        </SessionContext>
      ) : (
        gates.signIn && <gates.signIn status={status} />
      )}
    </PlaceContext>
  );
}
