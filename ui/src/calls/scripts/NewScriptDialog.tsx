import { FilePlus2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type ScriptRow } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { Dialog } from '../../shared/Dialog';
import { SectionLabel } from '../../shared/Layout';
import { errorMessage } from '../../shared/States';
import { showError } from '../../shared/Toast';
import { beginScript, blankScript } from './actions';
import { retitled } from './outline';

const lineLook =
  'flex min-h-10 w-full items-center gap-3 rounded-control px-3 py-1.5 text-start transition-colors duration-120 hover:bg-sunken';

/** A new script, from nothing or from the words of another. */
export function NewScriptDialog({ scripts, onClose }: { scripts: ScriptRow[]; onClose: () => void }) {
  const { t } = useTranslation();
  const busy = useRef(false);
  const from = async (row: ScriptRow) => {
    if (busy.current) return;
    busy.current = true;
    try {
      const { text } = await run(commands.script(row.id));
      onClose();
      await beginScript(retitled(text, t('scripts.copyOf', { name: row.name })));
    } catch (reason) {
      showError(errorMessage(reason));
    } finally {
      busy.current = false;
    }
  };
  const groups = [
    ['shipped', scripts.filter((row) => row.shipped)],
    ['own', scripts.filter((row) => !row.shipped)],
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} title={t('scripts.new.title')} size="regular">
      <p className="mb-3 text-ink-2">{t('scripts.new.sentence')}</p>
      <button
        type="button"
        className={`${lineLook} -mx-3 mb-3`}
        onClick={() => {
          onClose();
          void beginScript(blankScript);
        }}
      >
        <FilePlus2 aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-green" />
        <span>
          <span className="block font-medium">{t('scripts.new.empty')}</span>
          <span className="block text-small text-ink-3">{t('scripts.new.emptyHint')}</span>
        </span>
      </button>
      {groups.map(
        ([name, rows]) =>
          rows.length > 0 && (
            <section key={name} className="mb-3">
              <SectionLabel level={3} className="mb-1">
                {t(`scripts.new.${name}`)}
              </SectionLabel>
              <ul className="-mx-3">
                {rows.map((row) => (
                  <li key={row.id}>
                    <button type="button" className={lineLook} onClick={() => void from(row)}>
                      <bdi className="min-w-0 flex-1 truncate font-medium">{row.name}</bdi>
                      <span className="shrink-0 text-small text-ink-3">
                        {t(`scripts.purpose.${row.purpose}`)}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </Dialog>
  );
}
