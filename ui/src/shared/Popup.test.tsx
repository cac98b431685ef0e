import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Button } from './Button';
import { FilterChip } from './Chip';
import { Select } from './Field';
import { useKeys } from './keys';
import { Menu } from './Menu';

const options = [
  { value: 'member', label: 'Member' },
  { value: 'lapsed', label: 'Lapsed' },
];

const openers: Record<string, [entry: string, opener: () => ReactElement]> = {
  'a menu': [
    'menuitem',
    () => (
      <Menu
        label="More"
        trigger={<Button>More</Button>}
        entries={[{ id: 'hide', label: 'Hide', onAction: () => {} }]}
      />
    ),
  ],
  'a choice': ['option', () => <Select label="More" value="member" onChange={() => {}} options={options} />],
  'a filter': ['option', () => <FilterChip label="More" value={[]} onChange={() => {}} options={options} />],
};

describe('what opens beside what was pressed', () => {
  it.each(Object.keys(openers))('has the keys to itself for as long as it is open: %s', async (name) => {
    const user = userEvent.setup();
    const capture = vi.fn();
    const [entry, opener] = openers[name]!;
    function Screen() {
      useKeys([{ keys: 'v', run: capture }]);
      return opener();
    }
    render(<Screen />);
    await user.keyboard('v');
    expect(capture).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: /More/ }));
    await screen.findAllByRole(entry);
    await user.keyboard('v');
    expect(capture).toHaveBeenCalledTimes(1);
    await user.keyboard('{Escape}');
    await user.keyboard('v');
    expect(capture).toHaveBeenCalledTimes(2);
  });
});
