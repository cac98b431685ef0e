import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type CustomField, type Person } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { Button } from '../../shared/Button';
import { Editable } from '../../shared/Editable';
import { EditableDay } from '../../shared/EditableDay';
import { Select } from '../../shared/Field';
import { Row, SectionLabel } from '../../shared/Layout';
import { errorMessage } from '../../shared/States';
import { showError } from '../../shared/Toast';
import { useCustomFields } from './queries';
import { valueWords } from './words';

const none = '';

/** What the association keeps of them besides, each edited where it stands; what is empty is shown when asked for. */
export function FieldSection({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { data: fields = [] } = useCustomFields();
  const [showsEmpty, setShowsEmpty] = useState(false);
  if (fields.length === 0) return null;
  const valueOf = (field: CustomField) => person.fields.find((one) => one.field === field.id)?.value ?? none;
  const empty = fields.filter((field) => valueOf(field) === none);
  // Nothing moves while one is being filled in: what was shown stays where it is.
  const shown = showsEmpty ? fields : fields.filter((field) => valueOf(field) !== none);
  return (
    <section>
      <SectionLabel className="items-center">{t('fields.title')}</SectionLabel>
      {shown.length > 0 && (
        <dl>
          {shown.map((field) => (
            <Row key={field.id} label={field.name}>
              <Value person={person.id} field={field} value={valueOf(field)} />
            </Row>
          ))}
        </dl>
      )}
      {!showsEmpty && empty.length > 0 && (
        <Button look="quiet" size="small" className="-ms-2.5 mt-1" onPress={() => setShowsEmpty(true)}>
          {t('fields.showEmpty', { count: empty.length })}
        </Button>
      )}
    </section>
  );
}

function Value({ person, field, value }: { person: string; field: CustomField; value: string }) {
  const { t } = useTranslation();
  const save = (value: string) => run(commands.setField(person, field.id, value));
  switch (field.kind) {
    case 'choice':
      return (
        <Select
          label={field.name}
          hideLabel
          quiet
          value={value}
          onChange={(value) => void save(value).catch((reason: unknown) => showError(errorMessage(reason)))}
          options={[
            { value: none, label: t('fields.notSaid') },
            ...field.options.map((option) => ({ value: option.name, label: option.name })),
          ]}
        />
      );
    case 'date':
      return (
        <EditableDay
          label={field.name}
          value={value}
          words={valueWords('date', value)}
          placeholder={t('fields.notSaid')}
          onSave={save}
        />
      );
    default:
      return (
        <Editable label={field.name} value={value} placeholder={t('fields.notSaid')} onSave={save}>
          {field.kind === 'number' && value ? <span className="tnum">{value}</span> : undefined}
        </Editable>
      );
  }
}
