import type { ScriptVersionView, Share } from '../../ipc/bindings';

/** Whether what two shares may be in truth overlaps: then nobody can say which is the larger. */
export const overlap = (a: Share, b: Share): boolean => a.low <= b.high && b.low <= a.high;

export const shareOf = ({ count, of }: Share): number | null => (of === 0 ? null : count / of);

export type Verdict =
  /** One runs alone: there is nothing to compare with at the same time. */
  | { kind: 'alone' }
  /** Too few calls: the intervals overlap. */
  | { kind: 'open' }
  | { kind: 'better'; number: number; than: number[] };

/** What may be said of the versions that run side by side, and no more. */
export function verdictOf(versions: ScriptVersionView[]): Verdict {
  const running = versions.filter((version) => version.running);
  if (running.length < 2) return { kind: 'alone' };
  const [best, ...others] = running.toSorted(
    (a, b) => (shareOf(b.went_well) ?? -1) - (shareOf(a.went_well) ?? -1),
  );
  const beaten = others.filter((other) => !overlap(best!.went_well, other.went_well));
  return beaten.length === 0
    ? { kind: 'open' }
    : { kind: 'better', number: best!.number, than: beaten.map((version) => version.number).toSorted() };
}
