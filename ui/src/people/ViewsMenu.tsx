import { Bookmark, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { FormDialog } from '../shared/FormDialog';
import { Field } from '../shared/Field';
import { Menu } from '../shared/Menu';
import { showDone } from '../shared/Toast';
import { useRemoveView, useSavedViews, useSaveView } from './queries';
import { isSameView, isWhole, queryOf, setPeopleView, viewOf, wholeView, type PeopleView } from './view';

/** Views that have a name, one press away. */
export function ViewsMenu({ view }: { view: PeopleView }) {
  const { t } = useTranslation();
  const { data: views = [] } = useSavedViews();
  const remove = useRemoveView();
  const [isSaving, setSaving] = useState(false);
  const current = views.find((saved) => isSameView(viewOf(saved.query), view));
  const title = t('people.views.title');
  return (
    <>
      <Menu
        label={title}
        trigger={
          <Button size="small" icon={Bookmark} className="max-w-64">
            <span dir="auto" className="truncate">
              {current?.name ?? title}
            </span>
            <ChevronDown aria-hidden size={14} className="shrink-0" />
          </Button>
        }
        entries={[
          {
            id: 'everyone',
            label: t('people.views.everyone'),
            onAction: () => setPeopleView(wholeView),
          },
          ...views.map((saved) => ({
            id: saved.id,
            label: saved.name,
            onAction: () => setPeopleView(viewOf(saved.query)),
          })),
          {
            id: 'save',
            label: t('people.views.save'),
            separate: true,
            isDisabled: current !== undefined || (isWhole(view) && view.sort === wholeView.sort),
            onAction: () => setSaving(true),
          },
          ...(current
            ? [
                {
                  id: 'remove',
                  label: t('people.views.remove', { name: current.name }),
                  onAction: () =>
                    remove.mutate(current.id, {
                      onSuccess: () => showDone(t('people.views.removed', { name: current.name })),
                    }),
                },
              ]
            : []),
        ]}
      />
      {isSaving && <SaveView view={view} onClose={() => setSaving(false)} />}
    </>
  );
}

function SaveView({ view, onClose }: { view: PeopleView; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const save = useSaveView();
  return (
    <FormDialog
      title={t('people.views.saveTitle')}
      submit={t('people.views.saveDo')}
      isReady={name.trim() !== ''}
      onSubmit={async () => {
        await save.mutateAsync({ name, query: queryOf(view) });
        showDone(t('people.views.saved', { name: name.trim() }));
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <p className="text-ink-2">{t('people.views.saveSentence')}</p>
          <Field
            label={t('people.views.name')}
            placeholder={t('people.views.namePlaceholder')}
            value={name}
            onChange={setName}
            autoFocus
            error={error}
          />
        </>
      )}
    </FormDialog>
  );
}
