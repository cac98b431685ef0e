import type { ImportLine, Preview } from '../bindings';
import { day, mockNow, type Handlers } from './world';

export const preview: Preview = {
  path: '/home/helen/members 2026.csv',
  file_name: 'members 2026.csv',
  encoding: 'windows-1252',
  delimiter: ';',
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
  previewImport: ({ mapping }: { mapping: Record<string, string> | null }) => ({
    ...preview,
    columns: preview.columns.map((column) => ({
      ...column,
      field: mapping?.[column.header] ?? column.field,
    })),
  }),
  startImport: () => 'im-3',
  imports: () => imports,
  undoImport: () => ({
    import: 'im-1',
    reversed: 1189,
    kept: 1,
    failed: 0,
    rows: [
      {
        table: 'person',
        row: 'x',
        person: 'p-rania',
        fate: 'kept',
        why: 'Rania Haddad: the place was changed since.',
      },
    ],
  }),
};
