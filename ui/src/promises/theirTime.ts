import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { commands, type TheirTime, type TimeToRing, type TypedDate } from '../ipc/bindings';
import { run } from '../ipc/error';
import type { Format } from '../shared/time';

/** As a time to ring: "at 3" is no minute earlier, "by 3" may be. */
export const timeOf = (read: TypedDate): TimeToRing => ({
  from_ms: read.from_ms,
  due_ms: read.due_ms,
  exactly: read.said === 'at' && read.has_time,
});

export const dueBy = (due_ms: number): TimeToRing => ({ from_ms: null, due_ms, exactly: false });

/** What a time to ring is where they are; nothing to ask where nobody is rung. */
export function useTheirTime(person: string | null, time: TimeToRing | null) {
  const isAsked = person !== null && time !== null;
  const { data, error } = useQuery({
    queryKey: ['theirTime', person, time],
    queryFn: () => run(commands.theirTime(person!, time!)),
    enabled: isAsked,
    // Their zone and their wishes may be written in between.
    staleTime: 0,
    gcTime: 0,
  });
  return {
    theirs: isAsked ? (data ?? null) : null,
    /** Nobody is rung then, or it is not known yet whether somebody may be. */
    stands: isAsked ? data?.not_then === null : time !== null,
    error: isAsked ? error : null,
  };
}

/** Why nobody can be rung then, and when somebody can. */
export function notThen(theirs: TheirTime | null, t: TFunction, format: Format): string | null {
  const not = theirs?.not_then;
  if (!not) return null;
  if (not.from_ms === null) return not.why;
  const from = t('when.mayFrom', { day: format.longDay(not.from_ms), time: format.time(not.from_ms) });
  return `${not.why} ${from}`;
}
