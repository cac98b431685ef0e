// The questions after a call, as the mock asks them. Never part of a build, like index.ts.
import type {
  Answer,
  Answered,
  Draft,
  Filing,
  Outcome,
  Question,
  QuestionOption,
  WrongKind,
} from '../bindings';
import { raniaPromise } from './promises';
import { hour, mockNow, rania, type Handlers } from './world';

const option = (
  key: number,
  id: string,
  what: string | null = null,
  due: number | null = null,
  from: number | null = null,
): QuestionOption => ({ key, id, what, from, due });
const ask = (
  id: Question['id'],
  options: (string | Omit<QuestionOption, 'key'>)[],
  rest: Partial<Question> = {},
): Question => ({
  id,
  options: options.map((each, n) =>
    typeof each === 'string' ? option(n + 1, each) : { ...each, key: n + 1 },
  ),
  free: null,
  may_skip: false,
  rings: false,
  ...rest,
});

const tomorrow = mockNow + 27 * hour;
const questions: { [Id in Question['id']]: Question } = {
  reached: ask('reached', ['spoke', 'voicemail_left', 'no_answer', 'wrong_number', 'left_with_someone']),
  what_happened: ask('what_happened', ['spoke', 'not_now', 'do_not_call']),
  wrong_which: ask('wrong_which', [
    option(0, 'k-1', 'Mobile ••• 016'),
    option(0, 'k-2', 'Showroom ••• 500'),
    'none',
  ]),
  wrong_kind: ask('wrong_kind', ['moved', 'disconnected', 'never_theirs', 'misdialled']),
  new_number: ask('new_number', [], { free: 'number', may_skip: true }),
  with_whom: ask('with_whom', [option(0, 'colleague_1', 'Karim Haddad')], { free: 'words', may_skip: true }),
  learned: ask('learned', [], { free: 'lines', may_skip: true }),
  next: ask(
    'next',
    [
      option(0, 'proposal_1', 'Ring again', tomorrow + 2 * hour, tomorrow),
      'close_because_answered',
      'own_promise',
      'close',
    ],
    { free: 'time', rings: true },
  ),
  promise_means: ask('promise_means', ['ring', 'write', 'do']),
  promise_what: ask('promise_what', [], { free: 'words' }),
  promise_when: ask(
    'promise_when',
    [
      option(0, 'today', null, mockNow + 8 * hour),
      option(0, 'next_day', null, mockNow + 32 * hour),
      option(0, 'in_a_week', null, mockNow + 7 * 24 * hour),
    ],
    { free: 'time', rings: true },
  ),
  close_reason: ask('close_reason', ['answered', 'declined', 'do_not_contact', 'other']),
  close_words: ask('close_words', [], { free: 'words' }),
};
const unreached = ask('what_happened', ['no_answer', 'busy', 'out_of_service']);
const someone = ask('what_happened', ['left_with_someone', 'not_there']);

const given = (answers: Answered[], id: Question['id']): Answer | undefined =>
  answers.find(({ question }) => question === id)?.answer;
const picked = (answers: Answered[], id: Question['id']): string | undefined => {
  const answer = given(answers, id);
  return typeof answer === 'object' ? answer.pick : undefined;
};
const words = (answers: Answered[], id: Question['id']): string | undefined => {
  const answer = given(answers, id);
  return typeof answer === 'object' ? answer.words : undefined;
};

/** The way through the questions that the core would take. */
function standing(answers: Answered[]): Question | null {
  const reached = picked(answers, 'reached');
  const order: Question[] = [questions.reached];
  if (reached === 'spoke') order.push(questions.what_happened, questions.learned);
  if (reached === 'no_answer') order.push(unreached);
  if (reached === 'left_with_someone') order.push(someone);
  if (picked(answers, 'what_happened') === 'left_with_someone') order.push(questions.with_whom);
  if (reached === 'wrong_number') order.push(questions.wrong_which, questions.wrong_kind);
  if (picked(answers, 'wrong_kind') === 'moved') order.push(questions.new_number);
  order.push(questions.next);
  if (picked(answers, 'next') === 'own_promise') {
    order.push(questions.promise_means, questions.promise_what, questions.promise_when);
  }
  if (picked(answers, 'next') === 'close') order.push(questions.close_reason);
  return order.find(({ id }) => given(answers, id) === undefined) ?? null;
}

function outcomeOf({ answers, note_for_next, organiser }: Draft): Outcome {
  const closes = picked(answers, 'next') === 'close_because_answered' || picked(answers, 'close_reason');
  const kind = picked(answers, 'wrong_kind') as WrongKind | undefined;
  return {
    result: 'spoke',
    wrong: kind ? { reach: null, kind, new_number: words(answers, 'new_number') ?? null } : null,
    with_whom: words(answers, 'with_whom') ?? null,
    learned: words(answers, 'learned')?.split('\n') ?? [],
    notes: '',
    note_for_next: note_for_next || null,
    organiser: organiser || null,
    next: closes
      ? { kind: 'close', reason: 'answered', words: null }
      : {
          kind: 'promise',
          what: words(answers, 'promise_what') ?? 'Ring again',
          means: 'ring',
          from: tomorrow,
          due: tomorrow + 2 * hour,
        },
  };
}

/** The filing of one call: kept from one answer to the next, as the book keeps it. */
export function createFiling(begun: Draft = { answers: [], note_for_next: '', organiser: '' }): Handlers {
  let draft = begun;
  const filing = (): Filing => {
    const question = standing(draft.answers);
    return { draft, question, outcome: question ? null : outcomeOf(draft), asks_again: false };
  };
  return {
    filing,
    answerFiling: ({ question, answer }: { question: Question['id']; answer: Answer }) => {
      const asked = standing(draft.answers);
      if (asked?.id !== question) {
        throw {
          code: 'conflict',
          message: 'That question is not open any more. Answer the one that is shown.',
        };
      }
      const chosen = asked.options.find((each) => typeof answer === 'object' && each.id === answer.pick);
      // As the core does: a proposal is kept as what was read, not as its number.
      let kept: Answer = answer;
      if (chosen?.what && chosen.due !== null) {
        kept = { promise: { what: chosen.what, means: 'ring', from: chosen.from, due: chosen.due } };
      } else if (chosen && chosen.due !== null) kept = { time: { from: null, due: chosen.due } };
      else if (question === 'wrong_which') kept = { reach: { reach: null, shown: chosen?.what ?? '' } };
      else if (chosen?.what) kept = { words: chosen.what };
      else if (question === 'next' && typeof answer === 'object' && answer.time) {
        kept = { promise: { what: 'Ring again', means: 'ring', ...answer.time } };
      }
      draft = { ...draft, answers: [...draft.answers, { question, answer: kept }] };
      return filing();
    },
    filingBack: ({ answers }: { answers: number }) => {
      draft = { ...draft, answers: draft.answers.slice(0, answers) };
      return filing();
    },
    noteFiling: ({ noteForNext, organiser }: { noteForNext: string; organiser: string }) => {
      draft = { ...draft, note_for_next: noteForNext, organiser };
      return null;
    },
    fileCall: () => ({ person: rania, next: raniaPromise, decision: null, standing: 'inquirer' }),
  };
}
