import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shared/Dialog';
import { Kbd } from '../shared/Kbd';
import { errorMessage } from '../shared/States';

export interface Command {
  id: string;
  label: string;
  /** Beneath or beside the label, quieter. */
  detail?: string;
  icon?: LucideIcon;
  keyHint?: string;
  group: string;
  /** In place of the label, where it is a person. */
  content?: ReactNode;
  run: () => void;
}

/** `Ctrl+K`. Commands are matched by their words here; `onQuery` lets whoever holds the people answer too. */
export function Palette({
  isOpen,
  onClose,
  commands,
  found = [],
  query,
  onQuery,
  isWaiting = false,
  error = null,
}: {
  isOpen: boolean;
  onClose: () => void;
  commands: Command[];
  found?: Command[];
  query: string;
  onQuery: (query: string) => void;
  /** Who is found is not known yet. */
  isWaiting?: boolean;
  /** Why it cannot be known. */
  error?: unknown;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => {
        onQuery('');
        onClose();
      }}
      title={t('palette.label')}
      hideTitle
    >
      <PaletteBody
        commands={commands}
        found={found}
        query={query}
        onQuery={onQuery}
        isWaiting={isWaiting}
        error={error}
        onClose={onClose}
      />
    </Dialog>
  );
}

function PaletteBody({
  commands,
  found,
  query,
  onQuery,
  isWaiting,
  error,
  onClose,
}: {
  commands: Command[];
  found: Command[];
  query: string;
  onQuery: (query: string) => void;
  isWaiting: boolean;
  error: unknown;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [isRunning, setRunning] = useState(false);
  const shown = [...commands.filter((command) => contains(command.label, query.trim())), ...found];
  const groups = [...new Set(shown.map((command) => command.group))];
  const run = (id: string) => {
    if (isRunning) return;
    setRunning(true);
    onQuery('');
    onClose();
    shown.find((command) => command.id === id)?.run();
  };
  // Enter that came before the answer is for the first who is found, and for nothing that stands here after that.
  const wantsFirst = useRef(false);
  useEffect(() => {
    if (!wantsFirst.current || isWaiting) return;
    wantsFirst.current = false;
    const [first] = shown;
    if (!first) return;
    onQuery('');
    onClose();
    first.run();
  });
  return (
    <Autocomplete
      inputValue={query}
      onInputChange={(typed) => {
        wantsFirst.current = false;
        onQuery(typed);
      }}
    >
      <SearchField
        aria-label={t('palette.label')}
        autoFocus
        className="border-b border-line"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isWaiting && shown.length === 0) wantsFirst.current = true;
          event.continuePropagation();
        }}
      >
        <Input
          dir="auto"
          placeholder={t('palette.placeholder')}
          className="h-13 w-full bg-transparent px-5 text-reason outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={t('palette.label')}
        onAction={(id) => run(String(id))}
        className="max-h-[52vh] overflow-y-auto p-2 outline-none"
        renderEmptyState={() =>
          // Nobody is said to be missing before the book has answered.
          !isWaiting && (
            <p className="px-3 py-6 text-center text-ink-2">
              {error ? errorMessage(error) : t('palette.empty')}
            </p>
          )
        }
      >
        {groups.map((group) => (
          <MenuSection key={group} id={group} className="pb-1">
            <Header className="px-3 pt-2 pb-1 text-label font-semibold text-ink-3">{group}</Header>
            {shown
              .filter((command) => command.group === group)
              .map((command) => (
                <MenuItem
                  key={command.id}
                  id={command.id}
                  textValue={command.label}
                  className="flex min-h-9 cursor-default items-center gap-3 rounded-control px-3 outline-none data-focused:bg-sunken"
                >
                  {command.icon && (
                    <command.icon aria-hidden size={16} strokeWidth={1.6} className="shrink-0 text-ink-3" />
                  )}
                  <span className="min-w-0 truncate">{command.content ?? command.label}</span>
                  {command.detail && (
                    <span className="min-w-0 truncate text-small text-ink-3">{command.detail}</span>
                  )}
                  {command.keyHint && (
                    <span className="ms-auto">
                      <Kbd keys={command.keyHint} />
                    </span>
                  )}
                </MenuItem>
              ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}
