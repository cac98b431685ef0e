// What is to be written, as the core fills it: when a letter may go is for the core to say.
import type { LetterReady, LetterToWrite, Segment, Writing } from '../bindings';
import { fail, type Handlers } from './world';

export const letter: LetterToWrite = {
  promise: 'pr-mail',
  person: { id: 'p-rania', name: 'Rania Haddad', organisation: 'Haddad Bookkeeping', standing: 'prospect' },
  kind: 'email',
  plan: 'Event guest',
  step: 'Look forward to them',
  words: 'write that they are expected, and whom they will meet',
  question: 'Whom do they want to meet?',
  to: [
    { reach: 'r-mail', label: 'work', shown: 'rania@haddad.example' },
    { reach: 'r-home', label: 'home', shown: 'rania@example.com' },
  ],
  unusable: [{ shown: 'old@example.com', state: 'bounced' }],
  refusal: null,
  can_send: false,
  outgoing: null,
  subject: [
    { kind: 'text', text: 'For ' },
    { kind: 'filled', field: 'person.given', value: 'Rania' },
  ],
  body: [
    { kind: 'text', text: 'Dear ' },
    { kind: 'filled', field: 'person.given', value: 'Rania' },
    { kind: 'text', text: ',\n\nyou hoped for ' },
    { kind: 'blank', field: 'facts.hopes_for', question: 'hopes for? ask' },
    { kind: 'text', text: '.\nAsk for ' },
    { kind: 'blank', field: null, question: 'whom should they ask for?' },
    { kind: 'text', text: ' at the door.\n\nHelen Barrow' },
  ],
};

function ready(writing: Writing): LetterReady {
  const words = (segments: Segment[]) =>
    segments.map((each) => {
      if (each.kind === 'text') return each.text;
      if (each.kind === 'filled') return each.value;
      const said = (writing.blanks ?? []).find((blank) => blank.question === each.question)?.value;
      return said?.trim() || fail('refused', `There is still a blank: “${each.question}”`)();
    });
  return {
    kind: letter.kind,
    person: letter.person.id,
    name: letter.person.name,
    to: 'rania@haddad.example',
    to_label: 'work',
    subject: writing.own?.subject ?? words(letter.subject).join(''),
    body: writing.own?.body ?? words(letter.body).join(''),
    used: [],
    learned: [],
  };
}

export const answers: Handlers = {
  letter: () => letter,
  letterReady: ({ writing }: { writing: Writing }) => ready(writing),
  openMailProgram: () => true,
  outbox: () => ({ lines: [], held: null }),
  outboxCount: () => ({ needs_somebody: 0, waiting: 0 }),
  mailServer: () => null,
  myCalendar: () => ({ file: null, fault: null }),
};
