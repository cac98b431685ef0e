import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { commands, events, type ImportProgress } from '../ipc/bindings';
import { run } from '../ipc/error';

export type Mapping = Record<string, string>;

export const usePreview = (path: string | null, mapping: Mapping | null) =>
  useQuery({
    queryKey: ['preview', path, mapping],
    queryFn: () => run(commands.previewImport(path!, mapping)),
    enabled: path !== null,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => (before && before.path === path ? before : undefined),
  });

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
