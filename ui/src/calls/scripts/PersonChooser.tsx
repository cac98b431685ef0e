import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonCombo } from '../../people/PersonCombo';
import { Button } from '../../shared/Button';
import { PersonName } from '../../shared/People';
import { setListener, useListener } from './listener';

/** To whom the script is said in the preview. */
export function PersonChooser() {
  const { t } = useTranslation();
  const chosen = useListener();
  const [isAnother, setAnother] = useState(false);
  if (!chosen) {
    return (
      <PersonCombo
        label={t('scripts.preview.person')}
        hideLabel
        placeholder={t('scripts.preview.person')}
        autoFocus={isAnother}
        onChoose={({ id, name, organisation }) => setListener({ id, name, organisation })}
      />
    );
  }
  return (
    <div className="flex min-h-9.5 flex-wrap items-center gap-x-2.5 gap-y-1">
      <span className="text-ink-2">{t('scripts.preview.saidTo')}</span>
      <PersonName name={chosen.name} />
      {chosen.organisation && (
        <bdi className="min-w-0 truncate text-small text-ink-3">{chosen.organisation}</bdi>
      )}
      <Button
        size="small"
        look="quiet"
        className="ms-auto"
        onPress={() => {
          setAnother(true);
          setListener(null);
        }}
      >
        {t('scripts.preview.another')}
      </Button>
    </div>
  );
}
