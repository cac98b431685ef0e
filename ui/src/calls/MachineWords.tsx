import { Voicemail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MachineStep, Segment } from '../ipc/bindings';
import { SectionLabel } from '../shared/Layout';
import { Said } from './Said';

/** What their wishes are, and the words that go with them. */
export function MachineWords({ machine, say }: { machine: MachineStep; say: Segment[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <SectionLabel className="mb-2.5">{t('calls.machine.title')}</SectionLabel>
      <p className="mb-3 flex gap-2 text-ink-2">
        <Voicemail aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
        <span>{t(`calls.machine.wishes.${machine.wishes}`)}</span>
      </p>
      {machine.leave === 'nothing' ? (
        <p className="text-reason font-medium">{t('calls.machine.nothing')}</p>
      ) : say.length > 0 ? (
        <Said segments={say} />
      ) : (
        <p className="text-reason">{t(`calls.machine.own.${machine.leave}`)}</p>
      )}
    </div>
  );
}
