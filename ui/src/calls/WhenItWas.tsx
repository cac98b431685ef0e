import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../shared/cx';
import { DateTimeField } from '../shared/DateFields';
import { useFormat } from '../shared/time';

export interface Likely {
  id: string;
  label: string;
  /** `null`: just now. */
  ms: number | null;
}

/** When something was: one of the times that come to mind, or any other. */
export function WhenItWas({
  legend,
  likely,
  valueMs,
  onChange,
}: {
  legend: string;
  likely: Likely[];
  valueMs: number | null;
  onChange: (ms: number | null) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOther, setOther] = useState(false);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-small font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {likely
          .filter((each) => each.ms === null || each.ms < format.nowMs)
          .map((each) => (
            <Pill
              key={each.id}
              isOn={!isOther && each.ms === valueMs}
              onPress={() => {
                setOther(false);
                onChange(each.ms);
              }}
            >
              {each.label}
            </Pill>
          ))}
        <Pill
          isOn={isOther}
          onPress={() => {
            setOther(true);
            onChange(valueMs ?? format.nowMs);
          }}
        >
          {t('calls.capture.heard.other')}
        </Pill>
      </div>
      {isOther && valueMs !== null && (
        <DateTimeField label={legend} hideLabel valueMs={valueMs} onChange={onChange} />
      )}
    </fieldset>
  );
}

export function Pill({ isOn, onPress, children }: { isOn: boolean; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={cx(
        'h-7 rounded-full border px-2.5 text-small transition-colors duration-120',
        isOn
          ? 'border-green/40 bg-green-soft font-medium text-green'
          : 'border-line text-ink-2 hover:bg-sunken',
      )}
    >
      {children}
    </button>
  );
}
