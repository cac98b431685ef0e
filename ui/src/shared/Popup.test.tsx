import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Button } from './Button';
import { useKeys } from './keys';
import { Menu } from './Menu';

it('a letter in an open menu is the menu’s alone', async () => {
  const user = userEvent.setup();
  const capture = vi.fn();
  function Screen() {
    useKeys([{ keys: 'v', run: capture }]);
    return (
      <Menu
        label="More"
        trigger={<Button>More</Button>}
        entries={[{ id: 'hide', label: 'Hide', onAction: () => {} }]}
      />
    );
  }
  render(<Screen />);
  await user.click(screen.getByRole('button', { name: 'More' }));
  await screen.findByRole('menuitem', { name: 'Hide' });
  await user.keyboard('v');
  expect(capture).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  await user.keyboard('v');
  expect(capture).toHaveBeenCalledOnce();
});
