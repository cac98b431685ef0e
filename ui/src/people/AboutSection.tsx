import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, PersonChange, Volunteer } from '../ipc/bindings';
import { Editable } from '../shared/Editable';
import { IconButton } from '../shared/Button';
import { FormDialog } from '../shared/FormDialog';
import { Field, Select } from '../shared/Field';
import { Menu } from '../shared/Menu';
import { Row, SectionLabel } from '../shared/Layout';
import { useFormat } from '../shared/time';
import { birthDayWords, sourceWords, standingOptions } from './options';

const nobody = 'nobody';

/** Who they are to us, each line edited where it stands. */
export function AboutSection({
  person,
  volunteers,
  onChange,
  onAddRole,
  onAddTag,
}: {
  person: Person;
  volunteers: Volunteer[];
  onChange: (change: PersonChange) => Promise<unknown>;
  onAddRole: (organisation: string, title: string) => Promise<unknown>;
  onAddTag: (name: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [adding, setAdding] = useState<'role' | 'tag' | null>(null);
  const field = (
    name: 'given' | 'family' | 'place' | 'zone' | 'country' | 'birth_day',
    placeholder: string,
  ) => (
    <Editable
      label={t(`person.${name}`)}
      value={person[name] ?? ''}
      placeholder={placeholder}
      onSave={(value) => onChange({ [name]: value })}
    >
      {name === 'birth_day' ? birthDayWords(person.birth_day) : undefined}
    </Editable>
  );
  const unknown = t('person.unknown');
  const current = person.roles.filter((role) => role.to_day === null);
  const past = person.roles.filter((role) => role.to_day !== null);
  return (
    <section>
      <SectionLabel
        className="items-center"
        count={
          <Menu
            label={t('person.addAbout')}
            trigger={<IconButton icon={Plus} label={t('person.addAbout')} className="-me-2" />}
            entries={[
              { id: 'role', label: t('person.organisation'), onAction: () => setAdding('role') },
              { id: 'tag', label: t('person.tag'), onAction: () => setAdding('tag') },
            ]}
          />
        }
      >
        {t('person.about')}
      </SectionLabel>
      <dl>
        <Row label={t('person.standing')}>
          <Select
            label={t('person.standing')}
            hideLabel
            quiet
            value={person.standing}
            onChange={(standing) => void onChange({ standing })}
            options={standingOptions(t)}
          />
        </Row>
        <Row label={t('person.keeper')}>
          <Select
            label={t('person.keeper')}
            hideLabel
            quiet
            value={person.keeper?.id ?? nobody}
            onChange={(keeper) => keeper !== nobody && void onChange({ keeper })}
            options={[
              ...(person.keeper ? [] : [{ value: nobody, label: t('people.keeperNobody') }]),
              ...volunteers
                .filter((volunteer) => !volunteer.left || volunteer.id === person.keeper?.id)
                .map((volunteer) => ({ value: volunteer.id, label: volunteer.name })),
            ]}
          />
        </Row>
        <Row label={t('person.given')}>{field('given', unknown)}</Row>
        <Row label={t('person.family')}>{field('family', unknown)}</Row>
        {current.map((role) => (
          <Row key={role.id} label={role.title || t('person.organisation')}>
            <bdi className="select-text">{role.organisation}</bdi>
          </Row>
        ))}
        {past.map((role) => (
          <Row key={role.id} label={t('person.formerly')}>
            <bdi className="text-ink-2 select-text">
              {[role.title, role.organisation].filter(Boolean).join(', ')}
            </bdi>
          </Row>
        ))}
        <Row label={t('person.birth_day')}>{field('birth_day', t('person.birthDayUnknown'))}</Row>
        <Row label={t('person.place')}>{field('place', unknown)}</Row>
        <Row label={t('person.country')}>{field('country', t('person.countryOurs'))}</Row>
        <Row label={t('person.zone')}>{field('zone', unknown)}</Row>
        {person.tags.length > 0 && (
          <Row label={t('person.tags')}>
            <bdi className="select-text">{person.tags.join(', ')}</bdi>
          </Row>
        )}
        {person.external_id && (
          <Row label={t('person.externalId')}>
            <bdi className="tnum select-text">{person.external_id}</bdi>
          </Row>
        )}
        <Row label={t('person.since')}>
          {[format.day(person.created_ms), sourceWords(person.source, t)].filter(Boolean).join(', ')}
        </Row>
      </dl>
      {adding && (
        <AddAbout
          kind={adding}
          onClose={() => setAdding(null)}
          onAdd={(name, title) => (adding === 'role' ? onAddRole(name, title) : onAddTag(name))}
        />
      )}
    </section>
  );
}

function AddAbout({
  kind,
  onClose,
  onAdd,
}: {
  kind: 'role' | 'tag';
  onClose: () => void;
  onAdd: (name: string, title: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  return (
    <FormDialog
      title={kind === 'role' ? t('person.organisation') : t('person.tag')}
      submit={t('common.save')}
      isReady={name.trim() !== ''}
      onSubmit={() => onAdd(name.trim(), title.trim())}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field
            label={kind === 'role' ? t('person.organisation') : t('person.tag')}
            value={name}
            onChange={setName}
            autoFocus
            error={error}
          />
          {kind === 'role' && <Field label={t('person.role')} value={title} onChange={setTitle} />}
        </>
      )}
    </FormDialog>
  );
}
