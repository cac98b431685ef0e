import { Check, Copy, Phone, QrCode as QrIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Call, type Dialled } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { useKeys } from '../shared/keys';
import { errorMessage } from '../shared/States';
import { showError } from '../shared/Toast';
import { QrCode } from './QrCode';

/** Whoever rings from a telephone of their own does so every time: then the code is there as the call begins. */
const ringsFromPhone = 'wellmet.rings-from-phone';
const copiedShownMs = 2_500;
const widestPx = 240;

/** The number that was handed out, and the ways to ring it. */
export function CallNumber({ call, dialled }: { call: Call; dialled: Dialled }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(() => window.localStorage.getItem(ringsFromPhone) === 'yes');
  const [isCopied, setCopied] = useState(false);
  const [node, setNode] = useState(call.step.node);
  if (node !== call.step.node) {
    // Who answers the script has somebody on the line.
    setNode(call.step.node);
    setShown(false);
  }
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), copiedShownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const failed = (reason: unknown) => showError(errorMessage(reason));
  const dial = () => void run(commands.openDialler(call.id)).catch(failed);
  const copy = () => void run(commands.copyNumber(call.id)).then(() => setCopied(true), failed);
  const show = (on: boolean) => {
    setShown(on);
    window.localStorage.setItem(ringsFromPhone, on ? 'yes' : 'no');
  };
  useKeys([
    { keys: 'd', label: 'calls.key.dial', run: dial },
    { keys: 'q', label: 'calls.key.qr', run: () => show(!isShown) },
    { keys: 'y', label: 'calls.key.copy', run: copy },
    { keys: 'Escape', enabled: isShown, run: () => setShown(false) },
  ]);

  return (
    <span className="relative flex items-center gap-0.5">
      <span dir="ltr" className="tnum me-1 font-medium select-text">
        {dialled.shown}
      </span>
      <Button look="quiet" size="small" icon={Phone} keyHint="d" onPress={dial}>
        <span className="sr-only mid:not-sr-only">{t('calls.desk.dial')}</span>
      </Button>
      <Button
        look="quiet"
        size="small"
        icon={QrIcon}
        keyHint="q"
        aria-expanded={isShown}
        onPress={() => show(!isShown)}
      >
        <span className="sr-only wide:not-sr-only">{t('calls.number.scan')}</span>
      </Button>
      <Button look="quiet" size="small" icon={isCopied ? Check : Copy} keyHint="y" onPress={copy}>
        <span className="sr-only wide:not-sr-only">
          {isCopied ? t('calls.number.copied') : t('calls.number.copy')}
        </span>
      </Button>
      <span aria-live="polite" className="sr-only">
        {isCopied && t('calls.number.copiedHint')}
      </span>
      {isShown && <ScanCard dialled={dialled} />}
    </span>
  );
}

function ScanCard({ dialled }: { dialled: Dialled }) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('calls.number.scan')}
      className="absolute end-0 top-full z-30 mt-5 flex w-68 flex-col items-center gap-2.5 rounded-box border border-line bg-surface p-4 text-center shadow-raised rise"
    >
      <QrCode
        qr={dialled.qr}
        label={t('calls.number.code')}
        modulePx={Math.floor(widestPx / dialled.qr.size)}
        className="rounded-control"
      />
      <p dir="ltr" className="tnum text-reason font-semibold select-text">
        {dialled.shown}
      </p>
      <p className="text-small text-ink-2">{t('calls.number.scanHint')}</p>
    </section>
  );
}
