import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import { commands, events, type GoTo } from '../ipc/bindings';
import { openOverlay } from '../shared/overlay';
import { navigate } from '../shared/route';

// Which tables a question reads, by the first word of its key. A question that is not named here is asked anew at
// every change: too often is slow, too seldom is wrong.
const ledger = ['promise', 'inquiry', 'message', 'touch', 'call'];
const fields = ['field', 'field_option'];
const person = [
  'person',
  'role',
  'organisation',
  'reach',
  'consent',
  'fact',
  'tag',
  'field_value',
  ...fields,
];
const standards = ['association', 'opening', 'closure', 'target', 'retry_rule'];
const planned = ['plan', 'plan_version', 'enrolment', 'enrolment_step'];
const outgoing = ['outgoing_mail', 'outgoing_progress'];
const whoCan = ['capacity', 'leave', 'group_closure', 'volunteer', ...standards];
const reads: Record<string, string[]> = {
  today: [...ledger, ...person, ...standards, 'volunteer', 'reminder'],
  counts: [...ledger, 'person', 'reminder'],
  inbox: [...ledger, 'person', 'reminder'],
  brief: [...ledger, ...person, ...standards, 'volunteer'],
  briefs: [...ledger, ...person, ...standards, 'volunteer'],
  timeline: [...ledger, ...person, 'edit'],
  promises: ['promise', 'volunteer'],
  people: [...person, 'inquiry', 'touch', 'volunteer'],
  peopleOrder: [...person, 'inquiry', 'touch', 'volunteer'],
  // Asked anew with their list.
  peopleAt: [],
  peopleChoices: [],
  customFields: fields,
  customFieldsInUse: [...fields, 'field_value', 'person'],
  tags: ['tag', 'person'],
  savedViews: ['saved_view'],
  person: [...person, 'volunteer'],
  duplicates: ['suspect', 'person', 'not_same'],
  mergePreview: [...ledger, ...person],
  mergeMany: ['suspect', 'not_same', ...person],
  merges: ['merge', 'person'],
  mayBe: person,
  history: [...ledger, ...person],
  // The call desk writes these itself, and knows what it wrote.
  call: [],
  // What someone waits for may be what tells them apart, and an answer changes what is asked next.
  dialGate: [...ledger, ...person, ...standards, 'confirmation'],
  candidates: [...ledger, ...person],
  unfinishedCalls: ['call', 'person'],
  scripts: ['script', 'script_version'],
  script: ['script', 'script_version', 'call', 'touch'],
  scriptDrafts: ['script_draft', 'script'],
  mergeFields: fields,
  checkScript: fields,
  previewScript: [...ledger, ...person, 'association'],
  plans: ['plan', 'plan_version', 'enrolment'],
  plan: ['plan', 'plan_version', 'plan_rule', 'enrolment'],
  peopleInPlan: [...planned, 'promise', 'person'],
  olderPlans: planned,
  plansOf: [...planned, ...ledger, ...person, ...whoCan],
  previewEntering: [...planned, ...ledger, ...person, ...whoCan],
  forecast: [...planned, ...ledger, ...person, ...whoCan],
  previewReplan: [...planned, ...ledger, ...person, ...whoCan],
  availability: whoCan,
  neverOn: ['person'],
  letter: [...planned, ...ledger, ...person, ...standards, ...outgoing, 'volunteer', 'mail_server'],
  outbox: [...outgoing, 'person', 'reach', 'volunteer'],
  outboxCount: outgoing,
  mailServer: ['mail_server'],
  myCalendar: ['calendar_file'],
  standards,
  countries: [],
  preview: [],
  volunteers: ['volunteer', 'leave'],
  status: ['volunteer', 'association'],
};

export function isTouchedBy(key: QueryKey, tables: string[]): boolean {
  const read = reads[String(key[0])];
  return read === undefined || tables.length === 0 || tables.some((table) => read.includes(table));
}

export function invalidate(client: QueryClient, tables: string[]): void {
  void client.invalidateQueries({ predicate: (query) => isTouchedBy(query.queryKey, tables) });
}

function follow(goTo: GoTo | null): void {
  if (goTo === null) return;
  if (goTo === 'capture' || goTo === 'incoming') openOverlay(goTo);
  else if (goTo === 'today') navigate({ name: 'today' });
  else if (goTo.notice.screen === 'inbox') openOverlay('inbox');
  else navigate({ name: 'today', promise: goTo.notice.promise });
}

/**
 * What the shell tells the window: what changed, and where a notification or the tray leads. The shell keeps where to go
 * until it is asked: what was pressed before someone signed in leads there when they have.
 */
export function useBookEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const go = () => void commands.takeGoTo().then(follow);
    const stop = events.goToAsked.listen(go);
    go();
    return () => void stop.then((off) => off());
  }, []);
  useEffect(() => {
    const stop = events.bookChanged.listen(({ payload }) => invalidate(client, payload.tables));
    return () => void stop.then((off) => off());
  }, [client]);
}
