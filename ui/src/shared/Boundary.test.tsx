import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { Boundary } from './Boundary';

let isBroken = true;
function Fragile({ words }: { words: string }) {
  if (isBroken) throw new Error('x is not a function');
  return <p>{words}</p>;
}

describe('a screen that breaks', () => {
  beforeEach(() => {
    isBroken = true;
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });

  it('says so in plain words, and is tried again on request', async () => {
    const user = userEvent.setup();
    render(
      <Boundary>
        <Fragile words="whole" />
      </Boundary>,
    );
    expect(screen.getByRole('alert').textContent).not.toContain('function');
    await expectAccessible();
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByText('whole')).toBeTruthy();
  });

  it('does not follow one to the next place', () => {
    const { rerender } = render(
      <Boundary place="hours">
        <Fragile words="hours" />
      </Boundary>,
    );
    expect(screen.getByRole('alert')).toBeTruthy();
    isBroken = false;
    rerender(
      <Boundary place="today">
        <Fragile words="today" />
      </Boundary>,
    );
    expect(screen.getByText('today')).toBeTruthy();
  });
});
