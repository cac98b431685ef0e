import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Field } from './Field';
import { FormDialog } from './FormDialog';

async function dialog(onSubmit: () => Promise<unknown>, onClose = vi.fn()) {
  render(
    <FormDialog title="A tag" submit="Give it" onSubmit={onSubmit} onClose={onClose}>
      {(error) => <Field label="Tag" value="mentor" onChange={() => {}} autoFocus error={error} />}
    </FormDialog>,
  );
  await userEvent.click(await screen.findByRole('textbox', { name: 'Tag' }));
  return onClose;
}

it('is sent once by Enter, however often it is pressed, and closes when it is done', async () => {
  let done: (() => void) | undefined;
  const onSubmit = vi.fn(() => new Promise<void>((resolve) => (done = resolve)));
  const onClose = await dialog(onSubmit);
  await userEvent.keyboard('{Enter}{Enter}');
  expect(onSubmit).toHaveBeenCalledOnce();
  expect(onClose).not.toHaveBeenCalled();
  done!();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});

it('says what was refused, stays, and may be sent again', async () => {
  const onSubmit = vi.fn(() => Promise.reject(new Error('The book is read-only.')));
  const onClose = await dialog(onSubmit);
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText(/read-only/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Give it' }));
  expect(onSubmit).toHaveBeenCalledTimes(2);
  expect(onClose).not.toHaveBeenCalled();
});
