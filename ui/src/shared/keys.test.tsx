import { fireEvent, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Select } from './Field';
import { activeBindings, useKeys, type KeyBinding } from './keys';

function Layer({ bindings, barrier }: { bindings: KeyBinding[]; barrier?: boolean }) {
  useKeys(bindings, { barrier });
  return (
    <>
      <input aria-label="field" />
      <button type="button">press</button>
    </>
  );
}

const key = (target: Element, key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(target, { key, bubbles: true, ...init });

describe('the key registry', () => {
  it('lets a screen answer before what encloses it, though both were drawn at once', () => {
    const outer = vi.fn();
    const inner = vi.fn();
    function Around({ children }: { children: ReactNode }) {
      useKeys([{ keys: 'r', run: outer }], { beneath: true });
      return children;
    }
    render(
      <Around>
        <Layer bindings={[{ keys: 'r', run: inner }]} />
      </Around>,
    );
    key(document.body, 'r');
    expect(inner).toHaveBeenCalledOnce();
    expect(outer).not.toHaveBeenCalled();
  });

  it('never fires a plain key while someone is typing', () => {
    const run = vi.fn();
    const { getByLabelText } = render(<Layer bindings={[{ keys: 'v', run }]} />);
    key(getByLabelText('field'), 'v');
    expect(run).not.toHaveBeenCalled();
    key(document.body, 'v');
    expect(run).toHaveBeenCalledOnce();
  });

  it('hears what changes nothing of what one is at through a dialog and while one types', () => {
    const larger = vi.fn();
    const beneath = vi.fn();
    const { getAllByLabelText } = render(
      <>
        <Layer
          bindings={[
            { keys: 'mod++', run: larger, always: true },
            { keys: 'mod+k', run: beneath, whileTyping: true },
          ]}
        />
        <Layer bindings={[]} barrier />
      </>,
    );
    const inDialog = getAllByLabelText('field')[1]!;
    key(inDialog, '+', { ctrlKey: true, shiftKey: true });
    key(inDialog, 'k', { ctrlKey: true });
    expect(larger).toHaveBeenCalledOnce();
    expect(beneath).not.toHaveBeenCalled();
  });

  it('leaves Ctrl+Z in a field to the field, and lets Ctrl+K through', () => {
    const undo = vi.fn();
    const palette = vi.fn();
    const { getByLabelText } = render(
      <Layer
        bindings={[
          { keys: 'mod+z', run: undo },
          { keys: 'mod+k', run: palette, whileTyping: true },
        ]}
      />,
    );
    key(getByLabelText('field'), 'z', { ctrlKey: true });
    key(getByLabelText('field'), 'k', { ctrlKey: true });
    expect(undo).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('leaves Enter to the button that has the focus', () => {
    const run = vi.fn();
    const { getByText } = render(<Layer bindings={[{ keys: 'Enter', run }]} />);
    key(getByText('press'), 'Enter');
    expect(run).not.toHaveBeenCalled();
    key(document.body, 'Enter');
    expect(run).toHaveBeenCalledOnce();
  });

  it('asks the topmost layer first, and nothing beneath a barrier', () => {
    const below = vi.fn();
    const above = vi.fn();
    const under = render(<Layer bindings={[{ keys: ['j', 'x'], run: below }]} />);
    const over = render(<Layer bindings={[{ keys: 'j', run: above }]} barrier />);
    key(document.body, 'j');
    key(document.body, 'x');
    expect(above).toHaveBeenCalledOnce();
    expect(below).not.toHaveBeenCalled();
    over.unmount();
    key(document.body, 'x');
    expect(below).toHaveBeenCalledOnce();
    under.unmount();
    key(document.body, 'x');
    expect(below).toHaveBeenCalledOnce();
  });

  it('is held back by a list to choose from only while that is open', async () => {
    const run = vi.fn();
    const { getByRole, findByRole } = render(
      <>
        <Layer bindings={[{ keys: 'j', run }]} />
        <Select label="Standing" value="a" onChange={() => {}} options={[{ value: 'a', label: 'Member' }]} />
      </>,
    );
    key(document.body, 'j');
    expect(run).toHaveBeenCalledOnce();
    fireEvent.click(getByRole('button', { name: /Standing/ }));
    await findByRole('option', { name: 'Member' });
    key(document.body, 'j');
    expect(run).toHaveBeenCalledOnce();
  });

  it('hears ? on any layout, and does not take Ctrl+C for C', () => {
    const help = vi.fn();
    const call = vi.fn();
    render(
      <Layer
        bindings={[
          { keys: '?', run: help },
          { keys: 'c', run: call },
        ]}
      />,
    );
    key(document.body, '?', { shiftKey: true });
    key(document.body, 'c', { ctrlKey: true });
    expect(help).toHaveBeenCalledOnce();
    expect(call).not.toHaveBeenCalled();
  });

  it('lists only what can be pressed, each key once', () => {
    render(
      <Layer
        bindings={[
          { keys: 'v', label: 'keys.capture', run: vi.fn() },
          { keys: 'z', label: 'keys.undo', run: vi.fn() },
        ]}
      />,
    );
    render(
      <Layer
        bindings={[
          { keys: 'v', label: 'keys.help', run: vi.fn() },
          { keys: 'q', label: 'keys.back', enabled: false, run: vi.fn() },
          { keys: 'h', run: vi.fn() },
          { keys: 'z', run: vi.fn() },
        ]}
      />,
    );
    expect(activeBindings().map((b) => b.label)).toEqual(['keys.help']);
  });
});
