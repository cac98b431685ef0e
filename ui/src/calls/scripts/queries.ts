import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { commands, type Move, type ScriptCheck, type ScriptPreview } from '../../ipc/bindings';
import { run } from '../../ipc/error';

export const useScripts = () =>
  useQuery({ queryKey: ['scripts'], queryFn: () => run(commands.scriptList()) });

export const useScript = (id: string | null) =>
  useQuery({ queryKey: ['script', id], queryFn: () => run(commands.script(id!)), enabled: id !== null });

/** Asked each time one comes to the scripts: what is written there outlives the screen. */
export const useScriptDrafts = (enabled: boolean) =>
  useQuery({
    queryKey: ['scriptDrafts'],
    queryFn: () => run(commands.scriptDrafts()),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });

export const useMergeFields = () =>
  useQuery({
    queryKey: ['mergeFields'],
    queryFn: () => run(commands.mergeFields()),
    staleTime: Infinity,
  });

export interface Checked extends ScriptCheck {
  text: string;
}

/** What is wrong with these words; while newer ones are being read, what was said of the last. */
export const useCheck = (text: string) =>
  useQuery({
    queryKey: ['checkScript', text],
    queryFn: async (): Promise<Checked> => {
      return { ...(await run(commands.checkScript(text))), text };
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const previewOf = (text: string, person: string | null, path: Move[]) =>
  queryOptions({
    queryKey: ['previewScript', text, person, path],
    queryFn: (): Promise<ScriptPreview> => run(commands.previewScript(text, person, path)),
    gcTime: 60_000,
  });

/** How the words read to someone, at a place of the conversation. */
export const usePreview = (text: string | null, person: string | null, path: Move[]) =>
  useQuery({
    ...previewOf(text ?? '', person, path),
    enabled: text !== null,
    placeholderData: keepPreviousData,
  });
