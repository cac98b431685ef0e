import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { ListBoxItem } from 'react-aria-components';

/** An entry of a list to choose from. The tick keeps its place, so that choosing moves no words. */
export function PopupOption({
  id,
  label,
  description,
  aside,
}: {
  id: string;
  label: string;
  description?: string;
  aside?: ReactNode;
}) {
  return (
    <ListBoxItem
      id={id}
      textValue={label}
      className="group flex cursor-default items-center gap-2 rounded-control px-2.5 py-1.5 text-ink outline-none data-focused:bg-sunken"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate" dir="auto">
          {label}
        </span>
        {description && <span className="block text-small text-ink-3">{description}</span>}
      </span>
      {aside && <span className="tnum text-small text-ink-3">{aside}</span>}
      <Check aria-hidden size={15} className="invisible shrink-0 text-green group-data-selected:visible" />
    </ListBoxItem>
  );
}
