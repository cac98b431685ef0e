import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { mergePreview, pairPage, person } from '../../ipc/mock';
import { expectAccessible } from '../../test/axe';
import { renderApp } from '../../test/render';

describe('In the book twice', () => {
  it('shows pairs with their reasons, both side by side, and passes axe', async () => {
    renderApp('#/duplicates');
    expect(await screen.findByText(/2 pairs may be one person each\. 10,000 people looked at/)).toBeTruthy();
    expect(await screen.findByText('Are they the same person?')).toBeTruthy();
    expect((await screen.findAllByText('The same phone number, ••• 016')).length).toBeGreaterThan(0);
    expect(await screen.findByText('One of them asked not to be called: that stands.')).toBeTruthy();
    await expectAccessible();
  });

  it('takes the other’s value by its number, and merges with one key', async () => {
    const user = userEvent.setup();
    const mergePeople = vi.fn(() => 'm-1');
    renderApp('#/duplicates', { mergePeople });
    const name = within(await screen.findByRole('radiogroup', { name: 'Name' }));
    expect(name.getByRole('radio', { name: 'Rania Haddad' }).getAttribute('aria-checked')).toBe('true');
    await user.keyboard('1');
    expect(name.getByRole('radio', { name: 'Ranya Hadad' }).getAttribute('aria-checked')).toBe('true');
    await user.keyboard('123m');
    await waitFor(() =>
      expect(mergePeople).toHaveBeenCalledWith({
        merge: { kept: 'p-rania', other: 'p-ranya', take: ['standing'], take_own: ['field-diet'] },
      }),
    );
  });

  it('flips who is kept, and what was chosen stays chosen', async () => {
    const user = userEvent.setup();
    const mergePeople = vi.fn(() => 'm-1');
    renderApp('#/duplicates', { mergePeople });
    await screen.findByRole('radiogroup', { name: 'Name' });
    await user.keyboard('1f');
    await waitFor(() => expect(screen.getAllByRole('columnheader')[1]!.textContent).toContain('Ranya Hadad'));
    await user.keyboard('m');
    await waitFor(() =>
      expect(mergePeople).toHaveBeenCalledWith({
        merge: { kept: 'p-ranya', other: 'p-rania', take: ['standing'], take_own: ['field-diet'] },
      }),
    );
  });

  it('keeps two apart who are two', async () => {
    const user = userEvent.setup();
    const notTheSame = vi.fn(() => null);
    renderApp('#/duplicates', { notTheSame });
    await screen.findByRole('radiogroup', { name: 'Name' });
    await user.keyboard('x');
    await waitFor(() => expect(notTheSame).toHaveBeenCalledWith({ one: 'p-rania', other: 'p-ranya' }));
    expect(await screen.findByText('You will not be asked about these two again.')).toBeTruthy();
  });

  it('shows who would be merged before many are, and who is left', async () => {
    const user = userEvent.setup();
    const mergeMany = vi.fn(() => ({ edit: 'e-1', merged: 1, left: [], left_count: 1 }));
    const [first, second] = pairPage.pairs;
    renderApp('#/duplicates', {
      mergeMany,
      previewMergeMany: () => ({
        pairs: 1,
        names: [[first!.one, first!.other]],
        left: [{ one: second!.one, other: second!.other, why: 'Other standings: member and lapsed' }],
        left_count: 1,
      }),
    });
    await user.click(await screen.findByRole('button', { name: /Merge 1 sure pair/ }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('Other standings: member and lapsed')).toBeTruthy();
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Merge 1 pair' }));
    await waitFor(() => expect(mergeMany).toHaveBeenCalled());
    expect(await screen.findByText(/1 pair is in the book once now\. 1 pair is left/)).toBeTruthy();
  });

  it('looks by itself where nobody has looked yet, and says so where there is nobody', async () => {
    const lookForDuplicates = vi.fn(() => 0);
    renderApp('#/duplicates', {
      lookForDuplicates,
      duplicates: () => ({ pairs: [], next: null, total: 0, narrow: 0, looked_for: null }),
    });
    await waitFor(() => expect(lookForDuplicates).toHaveBeenCalledTimes(1));
    expect(await screen.findByText('Nobody is in the book twice')).toBeTruthy();
  });
});

describe('A person who was in the book twice', () => {
  it('is taken apart from their page', async () => {
    const user = userEvent.setup();
    const unmerge = vi.fn(() => ({
      kept: pairPage.pairs[0]!.one,
      other: pairPage.pairs[0]!.other,
      back: 3,
      stay: ['place'],
    }));
    renderApp('#/person/p-rania', {
      unmerge,
      mergesOf: () => [{ id: 'm-1', other: pairPage.pairs[0]!.other, at_ms: 0, by: 'Helen Barrow' }],
    });
    await user.click(await screen.findByRole('button', { name: 'Take apart' }));
    await waitFor(() => expect(unmerge).toHaveBeenCalledWith({ merge: 'm-1' }));
    expect(await screen.findByText(/1 field that was changed since stays/)).toBeTruthy();
  });

  it('leads from the other record to the one that is kept', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-ranya', {
      person: ({ id }: { id: string }) =>
        id === 'p-ranya'
          ? { ...mergePreview.other, removed: true, merged_into: pairPage.pairs[0]!.one }
          : person,
    });
    await user.click(await screen.findByRole('button', { name: 'Open Rania Haddad' }));
    await waitFor(() => expect(window.location.hash).toBe('#/person/p-rania'));
  });

  it('is known again while being typed in', async () => {
    const user = userEvent.setup();
    renderApp('#/people', {
      whoMayItBe: ({ person: typed }: { person: { name: string } }) =>
        typed.name.startsWith('Rania')
          ? [
              {
                person: pairPage.pairs[0]!.one,
                reasons: [{ words: 'The same name, Rania Haddad', speaks_for: true }],
              },
            ]
          : [],
    });
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('n');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Rania Haddad');
    expect(await screen.findByText('Is it someone whom the book knows?')).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: /Rania Haddad/ }));
    await waitFor(() => expect(window.location.hash).toBe('#/person/p-rania'));
  });
});
