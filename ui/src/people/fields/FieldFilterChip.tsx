import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { ListBox, type Selection } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CustomField, FieldFilter } from '../../ipc/bindings';
import { Button, IconButton } from '../../shared/Button';
import { PopupChip } from '../../shared/Chip';
import { DayField } from '../../shared/DateFields';
import { Field } from '../../shared/Field';
import { PopupOption } from '../../shared/PopupOption';
import { useCustomFields } from './queries';
import { filterWords, isNumber } from './words';

const blank = { words: '', from: '', to: '', options: [] };

/** Restricts the list by one of the association's own fields: which one first, then what of it. */
export function FieldFilterChip({
  value,
  onChange,
}: {
  value: FieldFilter | null;
  onChange: (filter: FieldFilter | null) => void;
}) {
  const { t } = useTranslation();
  const { data: fields = [] } = useCustomFields();
  const field = fields.find((one) => one.id === value?.field);
  if (fields.length === 0 && value === null) return null;
  const label = t('fields.filter');
  return (
    <PopupChip
      label={label}
      words={
        value && t('common.filterIs', { label: field?.name ?? label, value: filterWords(value, field, t) })
      }
      onClear={() => onChange(null)}
      className="max-h-96 w-72"
    >
      {(close) => (
        <Chooser
          fields={fields}
          value={value}
          onChange={(filter) => {
            onChange(filter);
            close();
          }}
        />
      )}
    </PopupChip>
  );
}

function Chooser({
  fields,
  value,
  onChange,
}: {
  fields: CustomField[];
  value: FieldFilter | null;
  onChange: (filter: FieldFilter) => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(value?.field ?? null);
  const field = fields.find((one) => one.id === chosen);
  if (!field) {
    return (
      <ListBox
        aria-label={t('fields.filter')}
        autoFocus="first"
        escapeKeyBehavior="none"
        selectionMode="single"
        onSelectionChange={(keys: Selection) => setChosen(keys === 'all' ? null : String([...keys][0]))}
        className="outline-none"
      >
        {fields.map((one) => (
          <PopupOption key={one.id} id={one.id} label={one.name} aside={t(`fields.kind.${one.kind}`)} />
        ))}
      </ListBox>
    );
  }
  const own = value?.field === field.id ? value : null;
  return (
    <div className="flex flex-col gap-3 p-2">
      <div className="flex items-center gap-1">
        <IconButton
          icon={ArrowLeft}
          label={t('fields.another')}
          onPress={() => setChosen(null)}
          className="-ms-1"
        />
        <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
          {field.name}
        </span>
      </div>
      {field.kind === 'choice' ? (
        <Options field={field} value={own} onChange={onChange} />
      ) : (
        <Bounds field={field} value={own} onChange={onChange} />
      )}
      <div className="flex gap-2 border-t border-line pt-2">
        {(['has', 'has_none'] as const).map((test) => (
          <Button
            key={test}
            size="small"
            look="quiet"
            onPress={() => onChange({ ...blank, field: field.id, test })}
          >
            {t(test === 'has' ? 'fields.hasAnything' : 'fields.hasNothing')}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Options({
  field,
  value,
  onChange,
}: {
  field: CustomField;
  value: FieldFilter | null;
  onChange: (filter: FieldFilter) => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string[]>(value?.options ?? []);
  return (
    <>
      <ListBox
        aria-label={field.name}
        autoFocus="first"
        escapeKeyBehavior="none"
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys: Selection) =>
          setChosen(keys === 'all' ? field.options.map((option) => option.id) : ([...keys] as string[]))
        }
        className="-mx-2 max-h-52 overflow-y-auto outline-none"
      >
        {field.options.map((option) => (
          <PopupOption key={option.id} id={option.id} label={option.name} />
        ))}
      </ListBox>
      <Button
        look="primary"
        size="small"
        isDisabled={chosen.length === 0}
        onPress={() => onChange({ ...blank, field: field.id, test: 'among', options: chosen })}
      >
        {t('fields.show')}
      </Button>
    </>
  );
}

/** Words that stand in it, or the least and the most of it. */
function Bounds({
  field,
  value,
  onChange,
}: {
  field: CustomField;
  value: FieldFilter | null;
  onChange: (filter: FieldFilter) => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value?.words ?? '');
  const [from, setFrom] = useState(value?.from ?? '');
  const [to, setTo] = useState(value?.to ?? '');
  const isText = field.kind === 'text';
  const wrong = (typed: string) =>
    field.kind === 'number' && typed.trim() !== '' && !isNumber(typed.trim()) ? t('fields.noNumber') : null;
  const canShow = isText
    ? words.trim() !== ''
    : (from.trim() || to.trim()) !== '' && !wrong(from) && !wrong(to);
  const both: [string, string, (value: string) => void][] = [
    [field.kind === 'date' ? t('fields.from') : t('fields.atLeast'), from, setFrom],
    [field.kind === 'date' ? t('fields.until') : t('fields.atMost'), to, setTo],
  ];
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!canShow) return;
        onChange(
          isText
            ? { ...blank, field: field.id, test: 'contains', words: words.trim() }
            : { ...blank, field: field.id, test: 'between', from: from.trim(), to: to.trim() },
        );
      }}
    >
      {isText ? (
        <Field label={t('fields.contains')} autoFocus value={words} onChange={setWords} />
      ) : (
        both.map(([label, value, set], index) =>
          field.kind === 'date' ? (
            <DayField key={label} label={label} autoFocus={index === 0} value={value} onChange={set} />
          ) : (
            <Field
              key={label}
              label={label}
              autoFocus={index === 0}
              inputMode="decimal"
              value={value}
              onChange={set}
              error={wrong(value)}
            />
          ),
        )
      )}
      <Button look="primary" size="small" type="submit" isDisabled={!canShow}>
        {t('fields.show')}
      </Button>
    </form>
  );
}
