import type { EditLine } from '../bindings';
import { fail, hour, mockNow, volunteers, type Handlers } from './world';

const edits: EditLine[] = [
  {
    id: 'e-3',
    at_ms: mockNow - hour,
    actor: 'Helen Barrow',
    action: 'capture',
    label: 'Rania Haddad',
    undone: false,
  },
  {
    id: 'e-2',
    at_ms: mockNow - 2 * hour,
    actor: 'Moana Ota',
    action: 'hand_over',
    label: 'Tom Ashby',
    undone: true,
  },
  {
    id: 'e-1',
    at_ms: mockNow - 26 * hour,
    actor: null,
    action: 'import',
    label: 'members 2026.csv',
    undone: false,
  },
];

const closed = (code: string, message: string, hasPassphrase = true): Handlers => ({
  bookStatus: () => ({
    fault: { code, message } as never,
    folder: '/home/helen/.local/share/wellmet',
    has_passphrase: hasPassphrase,
    association: null,
    signed_in: null,
    version: '0.1.0',
  }),
  openBook: fail(code, message),
});

export const answers: Handlers = {
  bookStatus: () => ({
    fault: null,
    folder: '/home/helen/.local/share/wellmet',
    has_passphrase: false,
    association: {
      name: 'Northside Business Women',
      country: 'AU',
      zone: 'Australia/Brisbane',
      phone: '07 5550 0100',
      calling_from_minute: 540,
      calling_to_minute: 1200,
      calling_weekend: false,
      quiet_from_minute: 1260,
      quiet_to_minute: 420,
    },
    signed_in: volunteers[0]!,
    version: '0.1.0',
  }),
  countries: () => [
    {
      code: 'AU',
      zones: ['Australia/Sydney', 'Australia/Melbourne', 'Australia/Brisbane', 'Australia/Perth'],
    },
    { code: 'GB', zones: ['Europe/London'] },
    { code: 'NZ', zones: ['Pacific/Auckland', 'Pacific/Chatham'] },
    { code: 'US', zones: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'] },
    { code: 'AE', zones: ['Asia/Dubai'] },
  ],
  createBook: () => ({ recovery_key: 'K7QM-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ', in_keyring: true }),
  backUp: () => '/home/helen/.local/share/wellmet/backups/2026-11-23 by-hand.wellmet',
  checkBook: () => ({ ok: true, findings: [] }),
  renewRecoveryKey: () => 'AAAA-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ',
  lastEdits: () => edits,
  undoLast: () => ({
    edit: 'e-2',
    action: 'change_person',
    label: 'Rania Haddad',
    reversed: 1,
    kept: 0,
    failed: 0,
    rows: [],
  }),
  undoEdit: () => ({
    edit: 'e-3',
    action: 'capture',
    label: 'Rania Haddad',
    reversed: 3,
    kept: 0,
    failed: 0,
    rows: [],
  }),
};

export const scenarios: Record<string, Handlers> = {
  first: closed('no_book', 'There is no book here yet.'),
  firstNoKeyring: {
    ...closed('no_book', 'There is no book here yet.'),
    createBook: ({ book }: { book: { passphrase: string | null } }) => {
      if (!book.passphrase) throw { code: 'key_needed', message: 'No keyring answers. Choose a passphrase.' };
      return { recovery_key: 'K7QM-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ', in_keyring: false };
    },
  },
  locked: {
    ...closed('key_needed', 'The key of this book is in no keyring that answers.'),
    unlockBook: fail(
      'wrong_key',
      'That passphrase does not open this book. Type it again, or use the recovery key.',
    ),
  },
  keyring: closed('keyring_locked', 'The keyring “Login” is locked.'),
  busy: closed('book_busy', 'Another Wellmet (process 4711) has this book open.'),
  newer: closed('book_newer', 'Wellmet 0.4.0 wrote this book; this is 0.1.0.'),
  damaged: closed(
    'book_damaged',
    'Page 17 of book.db is not whole. The last good backup is of Friday, 17:00.',
  ),
  readOnly: closed('read_only', 'The folder may not be written: permission denied.'),
};
