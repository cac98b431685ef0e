import { MutationCache, QueryClient } from '@tanstack/react-query';
import { codeOf } from '../ipc/error';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';

// The same question gets the same "no": only what may pass by itself is asked again.
const passing = new Set(['book_busy', 'internal']);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The core says when something changed; until then what we have is true.
        staleTime: 60_000,
        retry: (count, error) => count < 1 && passing.has(codeOf(error) ?? ''),
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      // A form that shows its own error says so in `meta`; everything else is said in a toast, never swallowed.
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.showsError) return;
        showError(errorMessage(error));
      },
    }),
  });
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: { showsError?: boolean };
  }
}
