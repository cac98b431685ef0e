import { useCallback, useState } from 'react';
import { commands, type PeopleQuery } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';
import type { Press } from './PeopleList';
import type { PeopleInOrder } from './queries';

/** Those of the list whom something is to be done with: one by one, or from one to another. */
export function useChosen(list: PeopleInOrder | null, query: PeopleQuery) {
  const [of, setOf] = useState(query);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState(0);
  // Another list has others to choose from.
  if (of !== query) {
    setOf(query);
    setChosen(new Set());
    setLast(0);
  }

  const toggle = useCallback((id: string, place: number) => {
    setLast(place);
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);

  /** Also of rows that are not there yet: the core has them all in its order. */
  const whoIsAt = useCallback(
    async (from: number, to: number): Promise<string[]> => {
      if (!list) return [];
      return list.list === null
        ? list.first.slice(from, to).map((person) => person.id)
        : run(commands.whoIsAt(list.list, from, to));
    },
    [list],
  );

  const press = useCallback(
    async (id: string, place: number, how: Press) => {
      if (how === 'choose') {
        toggle(id, place);
        return;
      }
      try {
        const ids = await whoIsAt(Math.min(last, place), Math.max(last, place) + 1);
        setChosen((before) => new Set([...before, ...ids]));
        setLast(place);
      } catch (error) {
        showError(errorMessage(error));
      }
    },
    [whoIsAt, last, toggle],
  );

  const clear = useCallback(() => setChosen(new Set()), []);
  return { chosen, press, toggle, whoIsAt, clear };
}
