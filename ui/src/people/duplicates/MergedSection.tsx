import { Split } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/Button';
import { SectionLabel } from '../../shared/Layout';
import { PersonName } from '../../shared/People';
import { useFormat } from '../../shared/time';
import { showDone } from '../../shared/Toast';
import { useUndo } from '../../shared/useUndo';
import { useMergesOf, useUnmerge } from './queries';

/** Whose records are part of this one's, and apart again with them. Nothing where nobody's are. */
export function MergedSection({ person }: { person: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: merges = [] } = useMergesOf(person);
  const unmerge = useUnmerge();
  const { undo } = useUndo();
  if (merges.length === 0) return null;
  return (
    <section>
      <SectionLabel>{t('duplicates.mergedWith')}</SectionLabel>
      <ul>
        {merges.map((merge) => (
          <li key={merge.id} className="flex items-center gap-3 border-b border-line py-2.5 last:border-b-0">
            <div className="min-w-0 flex-1">
              <PersonName name={merge.other.name} size="inline" />
              <p className="text-small text-ink-3">
                {[format.near(merge.at_ms), merge.by].filter(Boolean).join(', ')}
              </p>
            </div>
            <Button
              size="small"
              icon={Split}
              isDisabled={unmerge.isPending}
              onPress={() =>
                unmerge.mutate(merge.id, {
                  onSuccess: (done) =>
                    showDone(
                      [
                        t('duplicates.apart', { name: done.other.name }),
                        done.stay.length > 0 && t('duplicates.stays', { count: done.stay.length }),
                      ]
                        .filter(Boolean)
                        .join(' '),
                      { label: t('common.undo'), run: undo },
                    ),
                })
              }
            >
              {t('duplicates.unmerge')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
