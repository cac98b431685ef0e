import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeoplePage, PeopleQuery } from '../../ipc/bindings';
import { customFields, person, personRow, type Handlers } from '../../ipc/mock';
import { expectAccessible } from '../../test/axe';
import { renderApp } from '../../test/render';
import { setPeopleView, wholeView } from '../view';
import { isNumber } from './words';

beforeEach(() => setPeopleView(wholeView));

describe('on a person’s page', () => {
  it('shows what there is, tucks away what is empty, and keeps each kind in its own way', async () => {
    const user = userEvent.setup();
    const setField = vi.fn(() => null);
    renderApp('#/person/p-rania', { setField });
    const section = (await screen.findByRole('heading', { name: 'Also kept here' })).closest('section')!;
    expect(within(section).getByText('1 July 2019')).toBeTruthy();
    expect(within(section).queryByText('Member number')).toBeNull();
    await user.click(within(section).getByRole('button', { name: 'Show 2 empty fields' }));
    await expectAccessible();

    await user.click(within(section).getByRole('button', { name: /Change Member number/ }));
    await user.type(within(section).getByRole('textbox', { name: 'Member number' }), '0042{Enter}');
    await waitFor(() =>
      expect(setField).toHaveBeenLastCalledWith({ person: 'p-rania', field: 'field-number', value: '0042' }),
    );

    await user.click(within(section).getByRole('button', { name: /Diet/ }));
    await user.click(await screen.findByRole('option', { name: 'Halal' }));
    await waitFor(() =>
      expect(setField).toHaveBeenLastCalledWith({ person: 'p-rania', field: 'field-diet', value: 'Halal' }),
    );

    await user.click(within(section).getByRole('button', { name: /Change Joined/ }));
    await user.keyboard('02082020{Enter}');
    await waitFor(() =>
      expect(setField).toHaveBeenLastCalledWith({
        person: 'p-rania',
        field: 'field-joined',
        value: '2020-08-02',
      }),
    );
    await user.click(within(section).getByRole('button', { name: /Change Joined/ }));
    await user.click(within(section).getByRole('button', { name: 'Clear Joined' }));
    await waitFor(() =>
      expect(setField).toHaveBeenLastCalledWith({ person: 'p-rania', field: 'field-joined', value: '' }),
    );
  });

  it('says what was wrong beside it, and keeps the words', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-rania', {
      person: () => ({
        ...person,
        fields: [{ field: 'field-number', name: 'Member number', kind: 'number', value: '7' }],
      }),
      setField: () => {
        throw { code: 'invalid', message: '“seven” is no number.' };
      },
    });
    await user.click(await screen.findByRole('button', { name: /Change Member number/ }));
    await user.clear(screen.getByRole('textbox', { name: 'Member number' }));
    await user.keyboard('seven{Enter}');
    expect(await screen.findByText('“seven” is no number.')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('button', { name: /Change Member number/ })).toBeTruthy();
  });

  it('is not there where the association keeps nothing besides', async () => {
    renderApp('#/person/p-rania', { customFields: () => [] });
    expect(await screen.findByRole('heading', { name: 'About them' })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Also kept here' })).toBeNull();
  });
});

describe('the filter by a field', () => {
  function list() {
    const people = vi.fn<(asked: { query: PeopleQuery }) => PeoplePage>(() => ({
      rows: [personRow(1)],
      more: false,
      near: false,
    }));
    renderApp('#/people', { firstPeople: people });
    return () => people.mock.lastCall?.[0].query.field;
  }

  it('asks for the field, then for what of it, by keyboard', async () => {
    const user = userEvent.setup();
    const asked = list();
    await user.click(await screen.findByRole('button', { name: 'More filters' }));
    await user.click(screen.getByRole('button', { name: 'Field' }));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('option', { name: 'Vegetarian' })).toBeTruthy();
    await expectAccessible();
    await user.keyboard('{Enter}{ArrowDown}{Enter}{Tab}{Enter}');
    await waitFor(() =>
      expect(asked()).toMatchObject({
        field: 'field-diet',
        test: 'among',
        options: ['option-veg', 'option-halal'],
      }),
    );
    expect(await screen.findByRole('button', { name: 'Diet: Vegetarian, Halal' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear Field' }));
    expect(await screen.findByRole('button', { name: 'Field' })).toBeTruthy();
  });

  it('takes the least and the most of a number, and no words for one', async () => {
    const user = userEvent.setup();
    const asked = list();
    await user.click(await screen.findByRole('button', { name: 'More filters' }));
    await user.click(screen.getByRole('button', { name: 'Field' }));
    await user.click(await screen.findByRole('option', { name: /Member number/ }));
    await user.type(await screen.findByRole('textbox', { name: 'At least' }), 'ten');
    expect(await screen.findByText('Write it in digits, such as 1250 or 12.5.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Show these' }).disabled).toBe(true);
    await user.clear(screen.getByRole('textbox', { name: 'At least' }));
    await user.type(screen.getByRole('textbox', { name: 'At least' }), '10{Enter}');
    await waitFor(() => expect(asked()).toMatchObject({ test: 'between', from: '10', to: '' }));
    await user.click(await screen.findByRole('button', { name: 'Member number: at least 10' }));
    await user.click(await screen.findByRole('button', { name: 'Has nothing' }));
    await waitFor(() => expect(asked()).toMatchObject({ field: 'field-number', test: 'has_none' }));
  });

  it('says so where its field is gone', async () => {
    list();
    setPeopleView({ field: { field: 'field-gone', test: 'has' } });
    expect(await screen.findByRole('button', { name: 'Field: no longer there' })).toBeTruthy();
  });
});

describe('fields in Settings', () => {
  const open = (changed: Handlers = {}) => {
    renderApp('#/settings/fields', changed);
    return userEvent.setup();
  };

  it('adds a choice without leaving the keyboard', async () => {
    const addCustomField = vi.fn(() => 'field-new');
    const user = open({ addCustomField });
    expect(await screen.findByText('812 people')).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Add a field' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a field' }));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'T-shirt');
    await user.click(dialog.getByRole('button', { name: /What it holds/ }));
    await user.click(await screen.findByRole('option', { name: /Choice/ }));
    await user.click(dialog.getByRole('textbox', { name: 'Choice 1' }));
    await user.keyboard('S{Enter}M{Enter}L');
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(addCustomField).toHaveBeenCalledWith({
        field: { name: 'T-shirt', kind: 'choice', options: ['S', 'M', 'L'] },
      }),
    );
  });

  it('says how many have what is taken away, and keeps what the others are', async () => {
    const changeCustomField = vi.fn(() => null);
    const removeCustomField = vi.fn(() => null);
    const user = open({ changeCustomField, removeCustomField });
    await user.click(await screen.findByRole('button', { name: 'Diet: more' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Change' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change “Diet”' }));
    await user.click(dialog.getByRole('button', { name: 'Remove “Halal”' }));
    expect(dialog.getByText(/^8 people have chosen what is removed here/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Move “Anything” up' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(changeCustomField).toHaveBeenCalledWith({
        id: 'field-diet',
        change: {
          name: 'Diet',
          kind: 'choice',
          options: [
            { id: 'option-none', name: 'Anything' },
            { id: 'option-veg', name: 'Vegetarian' },
          ],
        },
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Joined: more' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    const asked = within(await screen.findByRole('alertdialog', { name: 'Remove “Joined”' }));
    expect(asked.getByText(/^790 people have something in it/)).toBeTruthy();
    await user.click(asked.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(removeCustomField).toHaveBeenCalledWith({ id: 'field-joined' }));
  });

  it('puts them in order', async () => {
    const orderCustomFields = vi.fn(() => null);
    const user = open({ orderCustomFields });
    await user.click(await screen.findByRole('button', { name: 'Hobby: more' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Move up' }));
    const ids = customFields.map((field) => field.id);
    await waitFor(() =>
      expect(orderCustomFields).toHaveBeenCalledWith({ ids: [ids[0], ids[1], ids[3], ids[2]] }),
    );
  });
});

describe('tags in Settings', () => {
  it('are renamed, and two become one only when that was said', async () => {
    const user = userEvent.setup();
    const renameTag = vi.fn(() => null);
    renderApp('#/settings/tags', { renameTag });
    await user.click(await screen.findByRole('button', { name: 'Rename “mentr”' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Rename “mentr”' }));
    await user.clear(dialog.getByRole('textbox', { name: 'New name' }));
    await user.keyboard(' mentor ');
    expect(dialog.getByText(/^“mentor” is there already, with 214 people/)).toBeTruthy();
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Make them one' }));
    await waitFor(() => expect(renameTag).toHaveBeenCalledWith({ name: 'mentr', to: 'mentor', join: true }));
  });

  it('are taken away after a question with the number', async () => {
    const user = userEvent.setup();
    const removeTag = vi.fn(() => null);
    renderApp('#/settings/tags', { removeTag });
    await user.click(await screen.findByRole('button', { name: 'Remove “mentor”' }));
    const asked = within(await screen.findByRole('alertdialog'));
    expect(asked.getByText(/^It goes from the 214 people who have it/)).toBeTruthy();
    await user.click(asked.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(removeTag).toHaveBeenCalledWith({ name: 'mentor' }));
  });
});

describe('what is a number', () => {
  it.each(['0', '-1.5', '+3', '007', '12.50'])('%s is', (typed) => expect(isNumber(typed)).toBe(true));
  it.each(['', '1,000', '.5', '5.', '1e3', '٣', '1'.repeat(19)])('%s is not', (typed) =>
    expect(isNumber(typed)).toBe(false),
  );
});
