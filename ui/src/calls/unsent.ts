import { useState, useSyncExternalStore } from 'react';
import { commands, type FreeAsk } from '../ipc/bindings';
import { run } from '../ipc/error';

interface Unsent {
  node: string;
  words: string;
}

// An answer that was begun is there again when one comes back to it, for as long as the window is open.
const kept = new Map<string | symbol, Unsent>();
const listeners = new Set<() => void>();

export function forgetUnsent(scope: string | symbol): void {
  kept.delete(scope);
  for (const listener of listeners) listener();
}

/** What stands in the field of that question and was not sent. */
export function unsentWords(scope: string | symbol, node: string): string {
  const unsent = kept.get(scope);
  return unsent?.node === node ? unsent.words : '';
}

/** The words of one question; without a call they live as long as whoever shows it. */
export function useUnsent(call: string | undefined, node: string): [string, (words: string) => void] {
  const [own] = useState(() => Symbol());
  const scope = call ?? own;
  const words = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => unsentWords(scope, node),
  );
  const change = (next: string) => {
    if (next === '') return forgetUnsent(scope);
    kept.set(scope, { node, words: next });
    for (const listener of listeners) listener();
  };
  return [words, change];
}

/** What was typed as the book takes it; rejects where it is no answer to this question. */
export async function saidOf(ask: FreeAsk, words: string): Promise<string> {
  return ask.kind === 'date' && words.trim() !== ''
    ? (await run(commands.readToldDay(words.trim()))).iso
    : words;
}
