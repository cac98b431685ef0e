import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { events, type TimelineItem, type TimeToRing } from '../ipc/bindings';
import { brief, mockNow, person, personRow, promises } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { rememberPlace, setPeopleView, wholeView } from './view';

beforeEach(() => {
  setPeopleView(wholeView);
  rememberPlace(0);
});

describe('People', () => {
  it('counts everyone, draws a few of ten thousand, and passes axe', async () => {
    renderApp('#/people');
    expect(await screen.findByText('10,000 people in the book.')).toBeTruthy();
    expect(screen.getAllByRole('listitem').length).toBeLessThan(60);
    await expectAccessible();
  });

  it('says of nobody found that nobody is found, until the next answer is there', async () => {
    let answer: (page: unknown) => void = () => {};
    setPeopleView({ words: 'zzzz' });
    renderApp('#/people', {
      firstPeople: ({ query }: { query: { words: string } }) =>
        query.words === 'zzzz'
          ? { rows: [], more: false, near: false }
          : (new Promise((resolve) => (answer = resolve)) as never),
    });
    await screen.findByText('0 people match.');
    setPeopleView(wholeView);
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe(''));
    expect(screen.getByText('Nobody matches')).toBeTruthy();
    expect(screen.queryByText(/in the book/)).toBeNull();
    await waitFor(() => {
      answer({ rows: [personRow(1)], more: false, near: false });
      expect(screen.getByText('1 person in the book.')).toBeTruthy();
    });
  });

  it('opens whom was typed, also where Enter comes before the answer', async () => {
    const user = userEvent.setup();
    const answers: (() => void)[] = [];
    renderApp('#/people', {
      firstPeople: ({ query }: { query: { words: string } }) =>
        query.words === ''
          ? { rows: [personRow(1), personRow(2)], more: false, near: false }
          : (new Promise((resolve) => {
              answers.push(() => resolve({ rows: [personRow(12)], more: false, near: false }));
            }) as never),
    });
    await screen.findByText(personRow(2).name);
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'lukas{Enter}');
    await waitFor(() => expect(answers.length).toBeGreaterThan(0));
    expect(window.location.hash).toBe('#/people');
    await waitFor(() => {
      answers.splice(0).forEach((answer) => answer());
      expect(window.location.hash).toBe('#/person/row-12');
    });
  });

  it('stands where it was left, when one comes back', async () => {
    const user = userEvent.setup();
    renderApp('#/people');
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('jjj{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/person/row-3'));
    await screen.findByRole('heading', { level: 1, name: 'Rania Haddad' });
    await user.click(screen.getByRole('link', { name: /^People/ }));
    await screen.findByText('10,000 people in the book.');
    await user.click(document.body);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/person/row-3'));
  });

  it('does what is asked of rows that are not there yet, each of them', async () => {
    const user = userEvent.setup();
    const tagPeople = vi.fn(() => 2);
    // Nobody beyond the first rows comes to be drawn.
    renderApp('#/people', { tagPeople, peopleAt: (() => new Promise(() => {})) as never });
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('{End}xkkx');
    expect(await screen.findByText('2 people chosen')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Tag these' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'A tag for 2 people' }));
    await user.type(dialog.getByRole('textbox'), 'mentor');
    await user.click(dialog.getByRole('button', { name: 'Tag these' }));
    await waitFor(() =>
      expect(tagPeople).toHaveBeenCalledWith({ people: ['row-9999', 'row-9997'], name: 'mentor' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // From the button it would be pressed again.
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('{Home}{End}{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/person/row-9999'));
  });

  it('gives a tag to those who were chosen', async () => {
    const user = userEvent.setup();
    const tagPeople = vi.fn(() => 2);
    renderApp('#/people', { tagPeople });
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('xjx');
    await user.click(await screen.findByRole('button', { name: 'Tag these' }));
    const dialog = await screen.findByRole('dialog', { name: 'A tag for 2 people' });
    await expectAccessible();
    await user.keyboard('ment');
    await user.click(await within(dialog).findByRole('button', { name: 'mentor' }));
    await user.click(within(dialog).getByRole('button', { name: 'Tag these' }));
    expect(await screen.findByText('2 people were given the tag “mentor”.')).toBeTruthy();
    expect(tagPeople).toHaveBeenCalledWith({ people: ['row-0', 'row-1'], name: 'mentor' });
  });

  it('finds as one types, and Enter opens the first', async () => {
    const user = userEvent.setup();
    const people = vi.fn(() => ({ rows: [personRow(12)], more: false, near: false }));
    renderApp('#/people', { firstPeople: people });
    await user.type(await screen.findByRole('searchbox', { name: 'Search people' }), '0412 016');
    await waitFor(() =>
      expect(people).toHaveBeenLastCalledWith(
        expect.objectContaining({
          query: expect.objectContaining({ words: '0412 016' }) as unknown,
        }),
      ),
    );
    expect(await screen.findByText('1 person matches.')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/person/row-12'));
  });

  it('filters by standing, and clears it again', async () => {
    const user = userEvent.setup();
    const people = vi.fn(() => ({ rows: [], more: false, near: false }));
    renderApp('#/people', { firstPeople: people });
    await user.click(await screen.findByRole('button', { name: 'Standing' }));
    await user.click(await screen.findByRole('option', { name: 'Lapsed' }));
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(people).toHaveBeenLastCalledWith(
        expect.objectContaining({ query: expect.objectContaining({ standings: ['lapsed'] }) as unknown }),
      ),
    );
    expect(await screen.findByText('Nobody matches')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear everything' }));
    expect(await screen.findByText('Nobody is in the book yet')).toBeTruthy();
  });

  it('goes to the search with / from anywhere', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('/');
    await waitFor(() => expect(document.activeElement?.getAttribute('type')).toBe('search'));
    expect(window.location.hash).toBe('#/people');
  });

  it('adds a person with N and opens their page; a refusal stays beside the words', async () => {
    const user = userEvent.setup();
    let refuse = true;
    const createPerson = vi.fn(() => {
      if (refuse) throw { code: 'invalid', message: 'A person needs a name.' };
      return 'p-new';
    });
    renderApp('#/people', { createPerson });
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('n');
    const dialog = await screen.findByRole('dialog', { name: 'New person' });
    await expectAccessible();
    await user.type(within(dialog).getByLabelText('Name'), 'Ana Silva');
    await user.type(within(dialog).getByLabelText('Phone'), '0412 345 016');
    await user.click(within(dialog).getByRole('button', { name: 'Add to the book' }));
    expect(await within(dialog).findByText('A person needs a name.')).toBeTruthy();
    refuse = false;
    await user.click(within(dialog).getByRole('button', { name: 'Add to the book' }));
    await waitFor(() => expect(window.location.hash).toBe('#/person/p-new'));
    expect(createPerson).toHaveBeenLastCalledWith({
      person: expect.objectContaining({
        name: 'Ana Silva',
        phone: '0412 345 016',
        standing: 'prospect',
      }) as unknown,
    });
  });

  it('exports the view that is shown, and says who was left out', async () => {
    const user = userEvent.setup();
    const exportPeople = vi.fn(() => ({
      file: '/tmp/people.csv',
      rows: 1240,
      left_out: 44,
      reasons: [
        { why: 'not_to_be_emailed' as const, count: 14 },
        { why: 'without_email' as const, count: 30 },
      ],
    }));
    const chooseExportFile = vi.fn(() => '/tmp/people.csv');
    renderApp('#/people', { chooseExportFile, exportPeople });
    setPeopleView({ waiting: true });
    await screen.findByText(/people match/);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    const dialog = await screen.findByRole('dialog', { name: 'Export these people' });
    await expectAccessible();
    await user.click(within(dialog).getByRole('radio', { name: /A CSV for a spreadsheet/ }));
    await user.click(within(dialog).getByRole('button', { name: /To be used for/ }));
    await user.click(await screen.findByRole('option', { name: 'E-mail' }));
    await user.click(within(dialog).getByText('Everything the book says of each'));
    await user.click(within(dialog).getByRole('checkbox', { name: 'Notes' }));
    await user.click(within(dialog).getByRole('checkbox', { name: 'Hobby' }));
    await user.click(within(dialog).getByRole('button', { name: 'Choose where' }));
    expect(await within(dialog).findByText('1,240 people are in the file.')).toBeTruthy();
    expect(within(dialog).getByText('14 left out: asked not to be e-mailed.')).toBeTruthy();
    expect(within(dialog).getByText('30 left out: have no e-mail address.')).toBeTruthy();
    expect(chooseExportFile).toHaveBeenCalledWith({ suggested: expect.stringMatching(/\.csv$/) as unknown });
    expect(exportPeople).toHaveBeenCalledWith({
      path: '/tmp/people.csv',
      order: expect.objectContaining({
        query: expect.objectContaining({ waiting: true }) as unknown,
        form: 'spreadsheet',
        purpose: 'email',
        include_refused: false,
        columns: expect.not.arrayContaining(['notes']) as unknown,
        without_fields: ['field-hobby'],
      }) as unknown,
    });
  });

  it('needs no columns on labels, and says why a file cannot be opened', async () => {
    const user = userEvent.setup();
    const refuse = () => {
      throw { code: 'file', message: 'Nothing on this computer opens it.' };
    };
    renderApp('#/people', {
      chooseExportFile: () => '/tmp/people.html',
      exportPeople: () => ({ file: '/tmp/people.html', rows: 2, left_out: 0, reasons: [] }),
      openExported: refuse,
    });
    await screen.findByText(/people in the book/);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    const dialog = await screen.findByRole('dialog', { name: 'Export these people' });
    const write = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Choose where' });
    await user.click(within(dialog).getByText('Everything the book says of each'));
    for (const column of within(dialog).getAllByRole('checkbox')) {
      if (column.closest('details')) await user.click(column);
    }
    expect(write.disabled).toBe(true);
    await user.click(within(dialog).getByRole('radio', { name: /labels/i }));
    expect(write.disabled).toBe(false);
    await user.click(write);
    await user.click(await within(dialog).findByRole('button', { name: 'Open to print' }));
    expect(await screen.findByText('Nothing on this computer opens it.')).toBeTruthy();
  });

  it('says nothing was done when no file was chosen', async () => {
    const user = userEvent.setup();
    const exportPeople = vi.fn();
    renderApp('#/people', { chooseExportFile: () => null, exportPeople });
    await screen.findByText(/people in the book/);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('button', { name: 'Choose where' }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Choose where' }).disabled).toBe(false),
    );
    expect(exportPeople).not.toHaveBeenCalled();
  });
});

describe('a person', () => {
  it('tells everything, covers the number, and passes axe', async () => {
    renderApp('#/person/p-rania');
    expect(await screen.findByRole('heading', { level: 1, name: 'Rania Haddad' })).toBeTruthy();
    expect(await screen.findByText('•••• ••• 016')).toBeTruthy();
    expect(await screen.findByText('Promise passed')).toBeTruthy();
    expect(screen.getByText('19 days late')).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'Rania asked on 2 November how to join' })).toBeTruthy();
    await expectAccessible();
  });

  it('changes a field where it stands', async () => {
    const user = userEvent.setup();
    const changePerson = vi.fn(() => null);
    renderApp('#/person/p-rania', { changePerson });
    await user.click(await screen.findByRole('button', { name: /Change Place/ }));
    await user.clear(screen.getByLabelText('Place'));
    await user.type(screen.getByLabelText('Place'), 'Perth{Enter}');
    await waitFor(() =>
      expect(changePerson).toHaveBeenCalledWith({ id: 'p-rania', change: { place: 'Perth' } }),
    );
  });

  it('says a fact better where it stands, and from whom it is', async () => {
    const user = userEvent.setup();
    const changeFact = vi.fn(() => null);
    renderApp('#/person/p-rania', { changeFact });
    const fact = (await screen.findByText('Wants a mentor in export')).closest('li')!;
    await user.click(within(fact).getByRole('button', { name: /Change What matters/ }));
    const words = within(fact).getByRole('textbox', { name: 'What matters' });
    await user.clear(words);
    await user.type(words, 'Wants a mentor who exports{Enter}');
    expect(changeFact).toHaveBeenLastCalledWith({
      id: 'f-3',
      words: 'Wants a mentor who exports',
      learnedFrom: '',
    });
    await user.click(within(fact).getByRole('button', { name: /Change From whom/ }));
    await expectAccessible();
    await user.type(within(fact).getByRole('textbox', { name: 'From whom' }), 'Priya{Enter}');
    expect(changeFact).toHaveBeenLastCalledWith({
      id: 'f-3',
      words: 'Wants a mentor in export',
      learnedFrom: 'Priya',
    });
  });

  const answered: TimelineItem = {
    at_ms: mockNow,
    kind: 'inquiry_answered',
    what: 'answered',
    words: 'how to join',
    by: null,
    other_ms: null,
    mixed_up_with: null,
    edit: null,
    inquiry: 'i-rania',
  };

  it('lets what was answered be asked again, but only by someone who does not wait already', async () => {
    const user = userEvent.setup();
    const owed = promises.filter(({ inquiry }) => inquiry === null);
    const reopenInquiry = vi.fn(() => ({
      person: brief.person,
      inquiry: 'i-rania',
      promise: 'o-again',
      due_ms: Date.parse('2026-11-24T17:00:00+10:00'),
      joined: false,
      message_number: 2,
      waiting_ms: 0,
    }));
    let isWaiting = true;
    renderApp('#/person/p-rania', {
      timeline: () => [answered],
      promisesOf: () => (isWaiting ? promises : owed),
      reopenInquiry,
    });
    await screen.findByText('Answered');
    expect(screen.queryByRole('button', { name: 'They ask again' })).toBeNull();
    isWaiting = false;
    await events.bookChanged.emit({ tables: ['promise'] });
    await user.click(await screen.findByRole('button', { name: 'They ask again' }));
    expect(reopenInquiry).toHaveBeenCalledWith({ id: 'i-rania' });
    expect(await screen.findByText('They wait again; a call is due tomorrow 17:00.')).toBeTruthy();
  });

  it('offers no asking again before it is known what they wait for', async () => {
    let tell = () => {};
    renderApp('#/person/p-rania', {
      timeline: () => [answered],
      promisesOf: () => new Promise((resolve) => (tell = () => resolve([]))) as never,
    });
    await screen.findByText('Answered');
    expect(screen.queryByRole('button', { name: 'They ask again' })).toBeNull();
    tell();
    await screen.findByRole('button', { name: 'They ask again' });
  });

  it('adds a way to reach them, and keeps what was typed where it cannot be read', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-rania', {
      addReach: () => {
        throw { code: 'invalid', message: '“12” is not a phone number.' };
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add a way to reach them' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Phone' }), '12');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText('“12” is not a phone number.')).toBeTruthy();
    expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Phone' }).value).toBe('12');
  });

  it('promises on one’s own word, by a time as one says it', async () => {
    const user = userEvent.setup();
    const makePromise = vi.fn(() => 'o-new');
    renderApp('#/person/p-rania', { makePromise });
    await user.click(await screen.findByRole('button', { name: 'Promise something' }));
    const dialog = await screen.findByRole('dialog', { name: 'Promise something' });
    await user.type(within(dialog).getByLabelText('What you promise'), 'ring about the training');
    await user.type(within(dialog).getByLabelText('By when'), 'tue 3pm');
    expect(await within(dialog).findByText('Tuesday 24 November, 15:00')).toBeTruthy();
    await expectAccessible();
    await user.click(within(dialog).getByRole('button', { name: 'Promise it' }));
    await waitFor(() =>
      expect(makePromise).toHaveBeenCalledWith({
        word: {
          person: 'p-rania',
          what: 'ring about the training',
          from_ms: null,
          due_ms: Date.parse('2026-11-24T15:00:00+10:00'),
          keeper: null,
          callback: true,
        },
      }),
    );
  });

  it('promises not before what was said, and no call at which nobody may ring', async () => {
    const user = userEvent.setup();
    const makePromise = vi.fn(() => 'o-new');
    const theirTime = ({ time }: { time: TimeToRing }) => ({
      there: null,
      not_then: time.exactly ? { why: 'Then it is 20:30 in Perth.', from_ms: null, place: 'Perth' } : null,
    });
    renderApp('#/person/p-rania', { makePromise, theirTime });
    await user.click(await screen.findByRole('button', { name: 'Promise something' }));
    const dialog = await screen.findByRole('dialog', { name: 'Promise something' });
    await user.type(within(dialog).getByLabelText('What you promise'), 'ring about the training');
    const when = within(dialog).getByLabelText('By when');
    await user.type(when, 'tue 3pm');
    expect(await within(dialog).findByText('Then it is 20:30 in Perth.')).toBeTruthy();
    const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Promise it' });
    expect(save.disabled).toBe(true);
    // What is not a call is kept at any hour.
    await user.click(within(dialog).getByRole('checkbox'));
    expect(save.disabled).toBe(false);
    await user.click(within(dialog).getByRole('checkbox'));
    await user.clear(when);
    await user.type(when, 'tue after 3');
    expect(await within(dialog).findByText('Tuesday 24 November, 15:00 to 17:00')).toBeTruthy();
    await waitFor(() => expect(save.disabled).toBe(false));
    await user.click(save);
    await waitFor(() => expect(makePromise).toHaveBeenCalledOnce());
    const [{ word }] = makePromise.mock.calls[0] as unknown as [{ word: Record<string, unknown> }];
    expect(word).toMatchObject({
      from_ms: Date.parse('2026-11-24T15:00:00+10:00'),
      due_ms: Date.parse('2026-11-24T17:00:00+10:00'),
      callback: true,
    });
  });

  it('does not promise by a time that cannot be read', async () => {
    const user = userEvent.setup();
    const makePromise = vi.fn(() => 'o-new');
    renderApp('#/person/p-rania', { makePromise });
    await user.click(await screen.findByRole('button', { name: 'Promise something' }));
    const dialog = await screen.findByRole('dialog', { name: 'Promise something' });
    await user.type(within(dialog).getByLabelText('What you promise'), 'ring');
    await user.type(within(dialog).getByLabelText('By when'), 'whenever');
    expect(await within(dialog).findByText(/“whenever” is not a time/)).toBeTruthy();
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Promise it' }).disabled).toBe(true);
    expect(makePromise).not.toHaveBeenCalled();
  });

  it('offers no new date for a promise that is late already', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-rania');
    await user.click(await screen.findByRole('button', { name: /ring back within one business day: more/ }));
    expect(await screen.findByRole('menuitem', { name: 'It is done' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: 'Agree a new date' })).toBeNull();
  });

  it('brings back a value from before', async () => {
    const user = userEvent.setup();
    const restoreField = vi.fn(() => 'e-9');
    renderApp('#/person/p-rania', { restoreField });
    await user.click(await screen.findByRole('button', { name: 'More about this person' }));
    await user.click(await screen.findByRole('menuitem', { name: 'As it was before' }));
    const dialog = await screen.findByRole('dialog', { name: 'As it was before' });
    await user.click(await within(dialog).findByRole('button', { name: 'Bring back' }));
    await waitFor(() =>
      expect(restoreField).toHaveBeenCalledWith({ person: 'p-rania', seq: 7, field: 'place' }),
    );
  });

  it('begins no call to someone who does not want to be rung', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-rania', { person: () => ({ ...person, do_not_call: true }) });
    await screen.findByText(/No call can be begun to them/);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Begin call' }).disabled).toBe(true);
    await user.keyboard('c');
    expect(window.location.hash).toBe('#/person/p-rania');
  });

  it('leads back to People when the person is not in the book any more', async () => {
    renderApp('#/person/p-gone', {
      person: () => {
        throw { code: 'not_found', message: 'This person is not in the book any more.' };
      },
    });
    expect(await screen.findByText('This person is not in the book any more.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Go to People' })).toBeTruthy();
  });
});
