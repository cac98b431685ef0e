import type { ReactNode } from 'react';
import { cx } from '../shared/cx';
import { Kbd } from '../shared/Kbd';

export interface Choice {
  key: number;
  id: string;
  label: ReactNode;
  /** Beneath the label, quieter. */
  detail?: ReactNode;
}

/** Answers to press, or to choose by their number. Whoever shows them hears the keys. */
export function Choices({
  choices,
  onPick,
  picked = null,
  isActive = true,
  label,
}: {
  choices: Choice[];
  onPick: (choice: Choice) => void;
  /** On its way: shown as chosen until the next question stands. */
  picked?: string | null;
  /** The number keys belong to these now. */
  isActive?: boolean;
  label: string;
}) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button
            type="button"
            disabled={!isActive}
            aria-keyshortcuts={isActive && choice.key < 10 ? String(choice.key) : undefined}
            onClick={() => onPick(choice)}
            className={cx(
              'flex min-h-10.5 w-full items-center gap-3 rounded-box border px-3.5 py-2 text-start transition-colors duration-120',
              choice.id === picked
                ? 'border-green bg-green-soft'
                : isActive
                  ? 'border-line bg-surface hover:border-green hover:bg-green-soft focus-visible:border-green focus-visible:bg-green-soft'
                  : 'border-line text-ink-3',
            )}
          >
            {choice.key < 10 && <Kbd keys={String(choice.key)} />}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="block">
                <bdi>{choice.label}</bdi>
              </span>
              {choice.detail && <span className="block text-small text-ink-2">{choice.detail}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
