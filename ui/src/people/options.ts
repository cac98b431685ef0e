import type { TFunction } from 'i18next';
import type { ReachKind, PeopleSort, ReachState, SaidTo, Standing, Voicemail } from '../ipc/bindings';
import type { Option } from '../shared/Field';

const standings: Standing[] = ['inquirer', 'prospect', 'applicant', 'member', 'lapsed', 'former', 'declined'];
const reachStates: ReachState[] = ['good', 'wrong', 'disconnected', 'bounced'];
const voicemails: Voicemail[] = ['unknown', 'no', 'yes_and_name_us', 'yes_without_name'];
const sorts: PeopleSort[] = [
  'name',
  'organisation',
  'standing',
  'place',
  'keeper',
  'last_touch',
  'longest_waiting',
  'newest',
];
export const channels: ReachKind[] = ['phone', 'email', 'post'];

export const standingOptions = (t: TFunction): Option<Standing>[] =>
  standings.map((value) => ({ value, label: t(`standing.${value}`) }));

export const reachStateOptions = (t: TFunction, kind: ReachKind): Option<ReachState>[] =>
  reachStates
    .filter((value) => (kind === 'phone' ? value !== 'bounced' : value !== 'disconnected'))
    .map((value) => ({ value, label: t(`reachState.${value}`) }));

export const voicemailOptions = (t: TFunction): Option<Voicemail>[] =>
  voicemails.map((value) => ({ value, label: t(`voicemail.${value}`) }));

const said: SaidTo[] = ['may_phone', 'no_phone', 'may_email', 'no_email', 'may_post', 'no_post'];
export const saidOptions = (t: TFunction): Option<SaidTo>[] =>
  said.map((value) => ({ value, label: t(`people.said.${value}`) }));

const quietDays = ['30', '90', '180', '365'] as const;
export const quietOptions = (t: TFunction): Option<string>[] =>
  quietDays.map((value) => ({ value, label: t(`people.quiet.${value}`) }));

export const sortOptions = (t: TFunction): Option<PeopleSort>[] =>
  sorts.map((value) => ({ value, label: t(`people.sort.${value}`) }));

/** Where they came from: a word of ours, or whatever an import said. */
export const sourceWords = (source: string, t: TFunction): string =>
  source && t(`source.${source}` as 'source.voicemail', { defaultValue: source });

const birthDays = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** `1981-03-04` as one says it. */
export const birthDayWords = (day: string): string => (day ? birthDays.format(Date.parse(day)) : '');
