import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Standing } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { errorMessage } from '../shared/States';
import { navigate } from '../shared/route';
import { standingOptions } from './options';
import { MayBe } from './duplicates/MayBe';
import { blankPerson, useCreatePerson } from './queries';

const blank = { name: '', organisation: '', role_title: '', phone: '', email: '', place: '' };

/** The least that one needs to know someone: a name, and how to reach them. Their page opens then. */
export function NewPersonDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreatePerson();
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
      const id = await create.mutateAsync({ ...values, standing });
      onClose();
      navigate({ name: 'person', id });
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
        <MayBe
          person={{ ...blankPerson, ...values }}
          onOpen={(id) => {
            onClose();
            navigate({ name: 'person', id });
          }}
        />
      </form>
    </Dialog>
  );
}
