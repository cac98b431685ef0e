import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { Button } from './Button';
import { FilterChip } from './Chip';
import { Dialog } from './Dialog';
import { Checkbox, Field, Select } from './Field';
import { Avatar, initialsOf, PersonName } from './People';
import { Sentence } from './Sentence';
import { EmptyState, ErrorState, Notice, Skeleton } from './States';

describe('initials', () => {
  it.each([
    ['Rania Haddad', 'RH'],
    ['Margaret O’Donnell', 'MO'],
    ['  Ana Maria  da Silva ', 'AS'],
    ['Cher', 'C'],
    ['رانيا حداد', 'رح'],
    ['李 小龍', '李小'],
    ['Zoë (Members)', 'ZM'],
    ['', ''],
    ['!!!', ''],
  ])('%s → %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('shared pieces', () => {
  it('pass axe together', async () => {
    render(
      <main>
        <h1>Test</h1>
        <PersonName name="رانيا حداد" />
        <Avatar name="Rania Haddad" label="Kept by Rania Haddad" />
        <Button keyHint="mod+k">Do</Button>
        <Field label="Name" description="As they say it" />
        <Field label="Words" rows={3} error="Please say something." />
        <Select label="Standing" value="a" onChange={() => {}} options={[{ value: 'a', label: 'Member' }]} />
        <Checkbox>Remember</Checkbox>
        <Notice>Careful</Notice>
        <Skeleton />
        <EmptyState title="Nobody" />
        <ErrorState error={new Error('The disk is full.')} onRetry={() => {}} />
      </main>,
    );
    await expectAccessible();
    expect(screen.getByRole('button', { name: 'Do' }).getAttribute('aria-keyshortcuts')).toBe('Control+K');
    expect(screen.getByLabelText('Words').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('The disk is full.')).toBeTruthy();
  });

  it('a dialog takes the focus, names itself, and closes on Escape', async () => {
    const onClose = vi.fn();
    render(
      <Dialog isOpen onClose={onClose} title="Hand over">
        <Field label="To whom" autoFocus />
      </Dialog>,
    );
    expect(screen.getByRole('dialog', { name: 'Hand over' })).toBeTruthy();
    await vi.waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
    await expectAccessible();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('a dialog and a notice break a name that has no place to break', () => {
    const name = 'x'.repeat(200);
    render(
      <Dialog isOpen onClose={() => {}} title={name}>
        <Notice>{name}</Notice>
      </Dialog>,
    );
    // As the style sheet inherits it.
    const wraps = (element: Element | null) => element?.closest('[class*="overflow-wrap:anywhere"]') ?? null;
    expect(wraps(screen.getByRole('heading', { name }))).not.toBeNull();
    expect(screen.getAllByText(name).at(-1)!.className).toContain('[overflow-wrap:anywhere]');
    expect(screen.getByRole('heading', { name }).className).toContain('min-w-0');
  });

  it('a name and a sentence turn no direction but their own', () => {
    const { container } = render(
      <>
        <PersonName name={'Beth \u202e& Co'} />
        <Sentence clauses={[{ text: 'Asked “Ring me \u202e at 14:30” and waits.' }]} />
      </>,
    );
    expect(container.textContent).toBe(
      'Beth \u202e& Co\u202cAsked “\u2068Ring me \u202e at 14:30\u202c\u2069” and waits.',
    );
  });

  it('a filter says what it filters, and can be cleared', async () => {
    const user = userEvent.setup();
    function Filter() {
      const [value, setValue] = useState<string[]>([]);
      return (
        <FilterChip
          label="Standing"
          options={[
            { value: 'member', label: 'Member' },
            { value: 'lapsed', label: 'Lapsed' },
          ]}
          value={value}
          onChange={setValue}
        />
      );
    }
    render(<Filter />);
    await user.click(screen.getByRole('button', { name: 'Standing' }));
    await user.click(await screen.findByRole('option', { name: 'Lapsed' }));
    expect(screen.getByRole('button', { name: 'Standing: Lapsed' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear Standing' }));
    expect(screen.getByRole('button', { name: 'Standing' })).toBeTruthy();
  });
});
