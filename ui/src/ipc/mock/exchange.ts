import type { Choices, ImportLine, Preflight, Preview } from '../bindings';
import { day, mockNow, type Handlers } from './world';

export const preview: Preview = {
  path: '/home/helen/members 2026.csv',
  file_name: 'members 2026.csv',
  what: 'CSV, windows-1252',
  encoding: 'windows-1252',
  delimiter: ';',
  layout: null,
  sheet: null,
  sheets: [],
  columns: [
    { header: 'Record ID', field: 'external_id' },
    { header: 'First name', field: 'given' },
    { header: 'Last name', field: 'family' },
    { header: 'Company', field: 'organisation' },
    { header: 'Phone (work)', field: 'phone:work' },
    { header: 'E-mail', field: 'email' },
    { header: 'Internal remarks that nobody ever read and that has a very long heading', field: 'note' },
    { header: 'Unused', field: 'skip' },
  ],
  rows: [
    [
      'C-1047',
      'Rania',
      'Haddad',
      'Haddad Interiors',
      '07 5550 1016',
      'rania@haddad.example',
      'Call mornings',
      '',
    ],
    ['C-1048', 'رانيا', 'الحداد', 'شركة الحداد', '07 5550 1160', 'r@example.org', '', ''],
    ['C-1049', 'Étienne', 'Dubois', '', '0412 555 090', '', 'Asked for the fees in writing twice', ''],
  ],
  row_count: 1284,
  remarks: ['The file does not say how its letters are written. They look like windows-1252.'],
  fields: ['name', 'given', 'family', 'organisation', 'phone', 'email', 'external_id', 'note', 'tag', 'skip'],
  fields_for_all: ['standing', 'tag', 'source', 'place'],
  choices: { columns: {}, defaults: {}, mode: 'both', match: [], add_options: false, sheet: null },
  remembered_ms: null,
};

export const preflight: Preflight = {
  rows: 1284,
  created: 1180,
  updated: 12,
  unchanged: 90,
  rejected: 2,
  fields: [
    { field: 'place', added: 2, changed: 4 },
    { field: 'phone', added: 9, changed: 0 },
  ],
  changes: [
    {
      row: 1,
      person: 'p-rania',
      name: 'Rania Haddad',
      changes: [
        { field: 'place', before: 'Ascot', after: 'Hamilton' },
        { field: 'phone', before: '', after: '07 5550 1016' },
      ],
    },
  ],
  look_alike: 1,
  look_alikes: [{ row: 3, name: 'Étienne Dubois', person: 'p-etienne', of: 'Etienne Dubois', by: 'name' }],
  rejects: [{ why: '“…” is not an e-mail address', count: 2, first_row: 17 }],
  consents: [{ channel: 'email', allowed: false, new: 3, changed: 1, kept_no: 0 }],
  do_not_call: 2,
};

const imports: ImportLine[] = [
  {
    import: 'im-1',
    file_name: 'members 2025.xlsx',
    began_ms: mockNow - 90 * day,
    by: 'Helen Barrow',
    state: 'done',
    created: 1190,
    updated: 12,
    unchanged: 80,
    rejected: 2,
    rejects_file: '/home/helen/rejected.csv',
  },
  {
    import: 'im-2',
    file_name: 'event cards.csv',
    began_ms: mockNow - 4 * day,
    by: 'Moana Ota',
    state: 'undone',
    created: 14,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    rejects_file: null,
  },
];

export const answers: Handlers = {
  chooseImportFile: () => preview.path,
  previewImport: ({ choices }: { choices: Choices | null }) => ({
    ...preview,
    choices: { ...preview.choices, ...choices },
    columns: preview.columns.map((column) => ({
      ...column,
      field: choices?.columns?.[column.header] ?? column.field,
    })),
  }),
  preflightImport: () => preflight,
  cancelPreflight: () => null,
  startImport: () => 'im-3',
  imports: () => imports,
  undoImport: () => ({
    import: 'im-1',
    reversed: 1189,
    kept: 1,
    failed: 0,
    rows: [],
    people: [{ person: 'p-rania', name: 'Rania Haddad', fate: 'kept', why: 'Changed since: place.' }],
    list_file: null,
  }),
};
