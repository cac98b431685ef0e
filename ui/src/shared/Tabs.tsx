import { useRef, type KeyboardEvent } from 'react';
import { cx } from './cx';
import { ariaKeys } from './Kbd';

export interface TabEntry<Name extends string> {
  name: Name;
  label: string;
  /** Small, behind the label: a count. */
  count?: string;
  /** The key that does the same. */
  keyHint?: string;
}

export const panelId = (group: string, name: string): string => `${group}-${name}-panel`;
const tabId = (group: string, name: string): string => `${group}-${name}-tab`;

/** What a panel is to be told of itself; whoever draws it may keep it mounted. */
export const panelProps = (group: string, name: string) =>
  ({
    role: 'tabpanel',
    id: panelId(group, name),
    'aria-labelledby': tabId(group, name),
  }) as const;

/** A row of tabs: the arrows move along it, and what they come to is shown. */
export function TabList<Name extends string>({
  group,
  label,
  tabs,
  selected,
  onSelect,
}: {
  /** Of the ids: one a page. */
  group: string;
  label: string;
  tabs: TabEntry<Name>[];
  selected: Name;
  onSelect: (name: Name) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent, to: number) => {
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    onSelect(next.name);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(group, next.name))}`)?.focus();
  };
  const at = tabs.findIndex((tab) => tab.name === selected);
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="flex gap-1"
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(event, at + 1);
        else if (event.key === 'ArrowLeft') move(event, at - 1);
        else if (event.key === 'Home') move(event, 0);
        else if (event.key === 'End') move(event, tabs.length - 1);
      }}
    >
      {tabs.map((tab) => {
        const isSelected = tab.name === selected;
        return (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={tabId(group, tab.name)}
            aria-selected={isSelected}
            aria-controls={isSelected ? panelId(group, tab.name) : undefined}
            aria-keyshortcuts={tab.keyHint ? ariaKeys(tab.keyHint) : undefined}
            tabIndex={isSelected ? 0 : -1}
            onClick={() => onSelect(tab.name)}
            className={cx(
              'relative flex h-10 items-center gap-1.5 px-2.5 font-medium transition-colors duration-120 after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-full',
              isSelected ? 'text-ink after:bg-green' : 'text-ink-2 hover:text-ink',
            )}
          >
            {tab.label}
            {tab.count && <span className="tnum text-label text-ink-3">{tab.count}</span>}
          </button>
        );
      })}
    </div>
  );
}
