import { createContext, use } from 'react';
import type { Association, Volunteer } from '../ipc/bindings';

/** Within the shell a book is open and someone is signed in: what is shown there need not ask. */
export interface Session {
  association: Association;
  volunteer: Volunteer;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('No session: this is drawn outside the shell.');
  return session;
}
