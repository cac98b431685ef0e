import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPerson, Standing } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { errorMessage } from '../shared/States';
import { standingOptions } from './options';

const blank = { name: '', organisation: '', role_title: '', phone: '', email: '', place: '' };

/** The least that one needs to know someone: a name, and how to reach them. */
export function NewPersonDialog({
  isOpen,
  onClose,
  onCreate,
}: {
  isOpen: boolean;
  onClose: () => void;
  onCreate: (person: Partial<NewPerson>) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState(blank);
  const [standing, setStanding] = useState<Standing>('prospect');
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const bind = (name: keyof typeof blank) => ({
    value: values[name],
    onChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
  });
  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await onCreate({ ...values, standing });
    } catch (reason) {
      setError(errorMessage(reason));
      setSaving(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('people.new')}
      isDismissable={Object.values(values).every((value) => !value)}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="new-person" isDisabled={!values.name.trim() || isSaving}>
            {t('newPerson.add')}
          </Button>
        </>
      }
    >
      <form
        id="new-person"
        className="grid gap-4 grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('newPerson.name')} autoFocus error={error} className="col-span-2" {...bind('name')} />
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
      </form>
    </Dialog>
  );
}
