import { unifiedMergeView } from '@codemirror/merge';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptVersionView } from '../../ipc/bindings';
import { Button } from '../../shared/Button';
import { ToggleChip } from '../../shared/Chip';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/time';
import { ScriptText } from './ScriptText';

/** An old version, to read; and where it differs from the newest. */
export function VersionReader({
  version,
  newest,
  onClose,
  onBringBack,
}: {
  version: ScriptVersionView;
  newest: ScriptVersionView;
  onClose: () => void;
  onBringBack?: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [compares, setCompares] = useState(false);
  const title = t('scripts.versions.number', { number: version.number });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={title}
      footer={
        <>
          {onBringBack && <Button onPress={onBringBack}>{t('scripts.versions.bringBack')}</Button>}
          <Button look="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-ink-2">
          {t('scripts.versions.savedOn', { when: format.near(version.created_ms) })}
        </p>
        {version.id !== newest.id && (
          <ToggleChip isOn={compares} onChange={setCompares}>
            {t('scripts.versions.compare', { number: newest.number })}
          </ToggleChip>
        )}
      </div>
      <div className="h-[40vh] overflow-hidden rounded-box border border-line">
        <ScriptText
          key={String(compares)}
          initial={compares ? newest.text : version.text}
          extra={
            compares
              ? unifiedMergeView({
                  original: version.text,
                  mergeControls: false,
                  gutter: false,
                  collapseUnchanged: { margin: 2, minSize: 5 },
                })
              : undefined
          }
          label={title}
          isReadOnly
        />
      </div>
    </Dialog>
  );
}
