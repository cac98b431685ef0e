import { steady } from './bidi';
import { cx } from './cx';

/** A piece of a reason. Where a record stands behind it, it leads there. */
export interface Clause {
  text: string;
  href?: string;
}

/** A sentence made of records: each underlined clause leads to the one that it comes from. */
export function Sentence({ clauses, className }: { clauses: Clause[]; className?: string }) {
  return (
    <p dir="auto" className={cx('text-reason [overflow-wrap:anywhere] select-text', className)}>
      {clauses.map((clause, index) =>
        clause.href ? (
          <a
            key={index}
            href={clause.href}
            className="rounded-[2px] underline decoration-current/45 decoration-1 underline-offset-[5px] transition-colors duration-120 hover:decoration-current"
          >
            {steady(clause.text)}
          </a>
        ) : (
          <span key={index}>{steady(clause.text)}</span>
        ),
      )}
    </p>
  );
}
