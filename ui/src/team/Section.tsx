import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { Notice } from '../shared/States';
import { useIsDirector, type Saving } from './settings';

/** One page of Settings. */
export function Section({
  title,
  sentence,
  children,
  action,
}: {
  title: string;
  sentence?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex max-w-[40rem] flex-col gap-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-title font-semibold tracking-[-0.012em]">{title}</h2>
          {sentence && <p className="mt-0.5 text-ink-2">{sentence}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

/** A form of Settings: saved as one, or brought back to how it was. */
export function SettingsForm({
  children,
  isDirty,
  isValid = true,
  saving,
  onSave,
  onReset,
}: {
  children: ReactNode;
  isDirty: boolean;
  isValid?: boolean;
  saving: Saving;
  onSave: () => void;
  onReset: () => void;
}) {
  const { t } = useTranslation();
  const isDirector = useIsDirector();
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty && isValid && !saving.isSaving) onSave();
      }}
    >
      {children}
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {isDirector && (
        <div className="flex items-center gap-2.5">
          <Button look="primary" type="submit" isDisabled={!isDirty || !isValid || saving.isSaving}>
            {t('common.save')}
          </Button>
          {isDirty && (
            <Button look="quiet" isDisabled={saving.isSaving} onPress={onReset}>
              {t('team.reset')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
