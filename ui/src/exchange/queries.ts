import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  commands,
  events,
  type Choices,
  type ImportProgress,
  type PreflightProgressed,
} from '../ipc/bindings';
import { run } from '../ipc/error';

export const usePreview = (path: string, choices: Choices | null) =>
  useQuery({
    queryKey: ['preview', path, choices],
    queryFn: () => run(commands.previewImport(path, choices)),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => (before && before.path === path ? before : undefined),
  });

/** What an import would do; looked at anew for each choice, and left off when nobody waits for it. */
export function usePreflight(path: string, choices: Choices, isWanted: boolean) {
  const [progress, setProgress] = useState<PreflightProgressed | null>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['preflight', path, choices],
    queryFn: ({ signal }) => {
      setProgress(null);
      // A look that nobody waits for any more lets others write again.
      signal.addEventListener('abort', () => void commands.cancelPreflight());
      return run(commands.preflightImport(path, choices));
    },
    enabled: isWanted,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  useEffect(() => {
    const off = events.preflightProgressed.listen(({ payload }) => setProgress(payload));
    return () => void off.then((stop) => stop());
  }, []);
  return {
    data,
    error,
    isFetching,
    progress: isFetching ? progress : null,
    look: () => void refetch(),
    stop: () => void commands.cancelPreflight(),
  };
}

export const useImports = () => useQuery({ queryKey: ['imports'], queryFn: () => run(commands.imports()) });

/** How far an import has come, by its own word. */
export function useImportProgress(id: string | null): ImportProgress | null {
  const client = useQueryClient();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  useEffect(() => {
    if (id === null) return;
    const stop = events.importProgressed.listen(({ payload }) => {
      if (payload.import !== id) return;
      setProgress(payload);
      if (payload.state !== 'running') void client.invalidateQueries({ queryKey: ['imports'] });
    });
    return () => void stop.then((off) => off());
  }, [id, client]);
  return progress?.import === id ? progress : null;
}
