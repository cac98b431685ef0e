import type { Standards } from '../bindings';
import { fail, volunteers, type Handlers } from './world';

export const standards: Standards = {
  association: {
    name: 'Northside Business Women',
    country: 'AU',
    zone: 'Australia/Brisbane',
    phone: '07 5550 0100',
    calling_from_minute: 540,
    calling_to_minute: 1200,
    calling_weekend: false,
    quiet_from_minute: 1200,
    quiet_to_minute: 480,
  },
  openings: [0, 1, 2, 3, 4].flatMap((weekday) =>
    weekday === 2
      ? [
          { weekday, opens_minute: 540, closes_minute: 720 },
          { weekday, opens_minute: 780, closes_minute: 1020 },
        ]
      : [{ weekday, opens_minute: 540, closes_minute: 1020 }],
  ),
  closures: [
    { id: 'c-1', name: 'Christmas break', from_day: '2026-12-24', to_day: '2027-01-02' },
    { id: 'c-2', name: 'Australia Day', from_day: '2027-01-26', to_day: '2027-01-26' },
  ],
  targets: (
    ['voicemail', 'web_form', 'email', 'referral', 'event_card', 'walk_in', 'phone_call'] as const
  ).map((source) => ({
    source,
    target: { unit: 'days' as const, count: source === 'referral' || source === 'event_card' ? 2 : 1 },
  })),
  retry_rules: [
    { result: 'no_answer', attempt: 1, target: { unit: 'hours', count: 3 } },
    { result: 'no_answer', attempt: 2, target: { unit: 'days', count: 1 } },
    { result: 'no_answer', attempt: 3, target: { unit: 'days', count: 3 } },
    { result: 'busy', attempt: 1, target: { unit: 'minutes', count: 30 } },
    { result: 'voicemail_left', attempt: 1, target: { unit: 'days', count: 2 } },
  ],
};

export const answers: Handlers = {
  volunteers: () => volunteers,
  standards: () => standards,
  setZoom: () => null,
  desktopSettings: () => ({ autostart: true, timer: false }),
  chooseClosuresFile: () => '/home/helen/holidays.ics',
  importClosures: () => ({
    added: 8,
    left_out: [{ event: 'Team lunch', line: 41, why: 'It is only a few hours.' }],
  }),
};

export const scenarios: Record<string, Handlers> = {
  signIn: {
    bookStatus: () => ({
      fault: null,
      folder: '',
      has_passphrase: false,
      association: standards.association,
      signed_in: null,
      version: '0.1.0',
    }),
    volunteers: () => [
      ...volunteers,
      { id: 'v-4', name: 'رانيا عبد الرحمن الحداد', role: 'volunteer', has_pin: false, left: false },
      {
        id: 'v-5',
        name: 'Wilhelmina Featherstonehaugh-Cholmondeley van der Westhuizen',
        role: 'volunteer',
        has_pin: true,
        left: false,
      },
    ],
    signIn: fail('refused', 'That is not the PIN of this volunteer.'),
  },
  volunteer: {
    bookStatus: () => ({
      fault: null,
      folder: '',
      has_passphrase: false,
      association: standards.association,
      signed_in: volunteers[1]!,
      version: '0.1.0',
    }),
  },
};
