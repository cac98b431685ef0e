import { useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';

export const useVolunteers = () =>
  useQuery({ queryKey: ['volunteers'], queryFn: () => run(commands.volunteers()) });

/** Whether a book is open, and who is signed in. Tries the keyring once before it says that none is. */
export const useStatus = () =>
  useQuery({
    queryKey: ['status'],
    queryFn: async () => {
      const status = await run(commands.bookStatus());
      if (!status.fault) return status;
      try {
        return await run(commands.openBook());
      } catch {
        return run(commands.bookStatus());
      }
    },
    refetchOnWindowFocus: false,
  });
