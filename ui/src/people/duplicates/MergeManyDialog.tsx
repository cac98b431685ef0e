import { useTranslation } from 'react-i18next';
import type { PersonRef } from '../../ipc/bindings';
import { Button } from '../../shared/Button';
import { Dialog } from '../../shared/Dialog';
import { SectionLabel } from '../../shared/Layout';
import { ErrorState, Skeleton } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { showDone } from '../../shared/Toast';
import { useUndo } from '../../shared/useUndo';
import { PairNames } from './PairNames';
import { useMergeMany, useMergeManyPreview } from './queries';

const mostNamed = 30;

/** All who are one so surely that nobody need look at each: who, and who is left out; then in one go, undone in one go. */
export function MergeManyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useMergeManyPreview();
  const merge = useMergeMany();
  const { undo } = useUndo();
  const start = () =>
    merge.mutate(undefined, {
      onSuccess: (done) => {
        onClose();
        showDone(
          [
            t('duplicates.mergedMany', { count: done.merged, n: format.count(done.merged) }),
            done.left_count > 0 && t('duplicates.leftMany', { count: done.left_count }),
          ]
            .filter(Boolean)
            .join(' '),
          done.edit !== null ? { label: t('common.undo'), run: undo } : undefined,
        );
      },
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isDismissable={!merge.isPending}
      title={t('duplicates.mergeManyTitle')}
      footer={
        <>
          <Button onPress={onClose} isDisabled={merge.isPending}>
            {t('common.cancel')}
          </Button>
          <Button look="primary" isDisabled={!data || data.pairs === 0 || merge.isPending} onPress={start}>
            {merge.isPending
              ? t('duplicates.merging')
              : t('duplicates.mergeManyDo', { count: data?.pairs ?? 0, n: format.count(data?.pairs ?? 0) })}
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <>
          <p className="text-ink-2">{t('duplicates.mergeManySentence')}</p>
          <ul className="mt-4">
            {data.names.slice(0, mostNamed).map(([one, other], index) => (
              <li key={index} className="border-b border-line py-2 last:border-b-0">
                <Pair one={one} other={other} />
              </li>
            ))}
          </ul>
          {data.pairs > mostNamed && (
            <p className="mt-2 text-small text-ink-3">
              {t('duplicates.andMore', {
                count: data.pairs - mostNamed,
                n: format.count(data.pairs - mostNamed),
              })}
            </p>
          )}
          {data.left.length > 0 && (
            <>
              <SectionLabel level={3} className="mt-6" count={format.count(data.left_count)}>
                {t('duplicates.leftForYou')}
              </SectionLabel>
              <ul>
                {data.left.slice(0, mostNamed).map((left, index) => (
                  <li key={index} className="border-b border-line py-2 last:border-b-0">
                    <Pair one={left.one} other={left.other} />
                    <p className="text-small text-ink-3">{left.why}</p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Dialog>
  );
}

function Pair({ one, other }: { one: PersonRef; other: PersonRef }) {
  const organisation = one.organisation ?? other.organisation;
  return (
    <p className="truncate">
      <PairNames one={one} other={other} />
      {organisation && <span className="ms-2 text-small text-ink-3">{organisation}</span>}
    </p>
  );
}
