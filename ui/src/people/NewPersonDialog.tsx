import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Standing } from '../ipc/bindings';
import { Field, Select } from '../shared/Field';
import { FormDialog } from '../shared/FormDialog';
import { navigate } from '../shared/route';
import { standingOptions } from './options';
import { MayBe } from './duplicates/MayBe';
import { blankPerson, useCreatePerson } from './queries';

const blank = { name: '', organisation: '', role_title: '', phone: '', email: '', place: '' };

/** The least that one needs to know someone: a name, and how to reach them. Their page opens then. */
export function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreatePerson();
  const [values, setValues] = useState(blank);
  const [standing, setStanding] = useState<Standing>('prospect');
  const bind = (name: keyof typeof blank) => ({
    value: values[name],
    onChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
  });
  const open = (id: string) => {
    onClose();
    navigate({ name: 'person', id });
  };
  return (
    <FormDialog
      title={t('people.new')}
      submit={t('newPerson.add')}
      size="regular"
      isReady={values.name.trim() !== ''}
      isDismissable={Object.values(values).every((value) => !value)}
      onSubmit={async () => open(await create.mutateAsync({ ...values, standing }))}
      onClose={onClose}
    >
      {(error) => (
        <div className="grid grid-cols-2 gap-4">
          <Field
            label={t('newPerson.name')}
            autoFocus
            error={error}
            className="col-span-2"
            {...bind('name')}
          />
          <Field label={t('reachKind.phone')} inputMode="tel" {...bind('phone')} />
          <Field label={t('reachKind.email')} inputMode="email" {...bind('email')} />
          <Field label={t('person.organisation')} {...bind('organisation')} />
          <Field label={t('person.role')} {...bind('role_title')} />
          <Select
            label={t('person.standing')}
            value={standing}
            onChange={setStanding}
            options={standingOptions(t)}
          />
          <Field label={t('person.place')} {...bind('place')} />
          <MayBe person={{ ...blankPerson, ...values }} onOpen={open} />
        </div>
      )}
    </FormDialog>
  );
}
