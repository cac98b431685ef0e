import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from '../shared/States';
import { useSession } from './session';

export const useStandards = () =>
  useQuery({ queryKey: ['standards'], queryFn: () => run(commands.standards()) });

/** Only a director changes the standards; everyone may read them. */
export const useIsDirector = (): boolean => useSession().volunteer.role === 'director';

export interface Saving {
  save: (write: () => Promise<unknown>) => Promise<boolean>;
  isSaving: boolean;
  error: string | null;
  clear: () => void;
}

/** One write at a time; what is refused is said where it was tried, and nothing typed is lost. */
export function useSaving(): Saving {
  const client = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isSaving,
    error,
    clear: () => setError(null),
    save: async (write) => {
      if (isSaving) return false;
      setSaving(true);
      setError(null);
      try {
        await write();
        await client.invalidateQueries();
        return true;
      } catch (reason) {
        setError(errorMessage(reason));
        return false;
      } finally {
        setSaving(false);
      }
    },
  };
}
