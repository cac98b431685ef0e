import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { Editable } from './Editable';

describe('a value edited where it stands', () => {
  it('saves on Enter, and not at all where nothing changed', async () => {
    const user = userEvent.setup();
    const onSave = vi.fn().mockResolvedValue(undefined);
    render(<Editable label="Place" value="Brisbane" onSave={onSave} />);
    await user.click(screen.getByRole('button', { name: /Change Place/ }));
    await expectAccessible();
    await user.keyboard('{Enter}');
    expect(onSave).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: /Change Place/ }));
    await user.clear(screen.getByLabelText('Place'));
    await user.type(screen.getByLabelText('Place'), ' Perth {Enter}');
    expect(onSave).toHaveBeenCalledExactlyOnceWith('Perth');
  });

  it('keeps an Enter that chooses how a syllable is written', async () => {
    const user = userEvent.setup();
    const onSave = vi.fn().mockResolvedValue(undefined);
    render(<Editable label="Place" value="Brisbane" onSave={onSave} />);
    await user.click(screen.getByRole('button', { name: /Change Place/ }));
    const field = screen.getByLabelText('Place');
    await user.type(field, 'とうきょう');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(screen.getByLabelText('Place')).toBe(field);
    expect(onSave).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onSave).toHaveBeenCalledOnce();
  });

  it('brings the old value back on Escape', async () => {
    const user = userEvent.setup();
    const onSave = vi.fn();
    render(<Editable label="Place" value="Brisbane" onSave={onSave} />);
    await user.click(screen.getByRole('button', { name: /Change Place/ }));
    await user.type(screen.getByLabelText('Place'), 'Perth{Escape}');
    expect(onSave).not.toHaveBeenCalled();
    expect(screen.getByText('Brisbane')).toBeTruthy();
  });

  it('keeps the words and says what is wrong where saving is refused', async () => {
    const user = userEvent.setup();
    render(
      <Editable label="Zone" value="UTC" onSave={() => Promise.reject(new Error('No such time zone.'))} />,
    );
    await user.click(screen.getByRole('button', { name: /Change Zone/ }));
    await user.clear(screen.getByLabelText('Zone'));
    await user.type(screen.getByLabelText('Zone'), 'Mars{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('No such time zone.');
    expect(screen.getByLabelText<HTMLInputElement>('Zone').value).toBe('Mars');
  });
});
