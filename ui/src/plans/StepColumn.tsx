import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step, Template } from '../ipc/bindings';
import { Clamp } from '../shared/Clamp';
import { cx } from '../shared/cx';
import { channelIcons, usePlanWords } from './words';

/** A channel at a glance, as it stands on the line of a plan. */
export function ChannelMark({ channel, className }: { channel: Step['channel']; className?: string }) {
  const Icon = channelIcons[channel];
  return (
    <span
      aria-hidden
      className={cx(
        'flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-surface text-green',
        className,
      )}
    >
      <Icon size={15} strokeWidth={1.75} />
    </span>
  );
}

/** The steps as one reads them to a colleague: when, what, and by whom, from the first to the last. */
export function StepColumn({ template }: { template: Template }) {
  const { t } = useTranslation();
  return (
    <ol aria-label={t('plans.steps.label')} className="flex flex-col">
      {template.steps.map((step, index) => (
        <StepEntry
          key={step.key}
          step={step}
          template={template}
          isLast={index === template.steps.length - 1}
        />
      ))}
    </ol>
  );
}

function StepEntry({ step, template, isLast }: { step: Step; template: Template; isLast: boolean }) {
  const { t } = useTranslation();
  const words = usePlanWords();
  const skips = step.skip_when ?? [];
  return (
    <li className="relative flex gap-4 pb-7 last:pb-0">
      {!isLast && <span aria-hidden className="absolute start-4 top-9 bottom-1 w-px bg-line" />}
      <ChannelMark channel={step.channel} className="mt-0.5" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere] select-text">
        <p className="text-small text-ink-3 first-letter:uppercase">
          {words.when(step.when, template.date_of ?? null)}
        </p>
        <h2 className="text-reason font-semibold">
          <bdi>{step.title}</bdi>
        </h2>
        {step.words && (
          <p dir="auto" className="text-ink-2 first-letter:uppercase">
            {step.words}
          </p>
        )}
        {step.question && (
          <p className="mt-1.5 border-s-2 border-green/40 ps-3 text-ink">
            <span className="sr-only">{t('plans.steps.question')} </span>
            <bdi>{step.question}</bdi>
          </p>
        )}
        <dl className="mt-1.5 flex flex-col gap-0.5 text-small text-ink-3">
          <Line label={t('plans.steps.who')}>
            {words.channel(step.channel)}
            <span aria-hidden> · </span>
            <bdi>{words.who(step.who)}</bdi>
            {(step.within_days ?? 0) > 0 && (
              <>
                <span aria-hidden> · </span>
                {words.within(step.within_days!)}
              </>
            )}
          </Line>
          {skips.length > 0 && (
            <Line label={t('plans.steps.skip')}>
              {t('plans.steps.skipWhen', { when: words.anyOf(skips) })}
            </Line>
          )}
        </dl>
        {step.text && (
          <div className="mt-2.5 max-w-[42rem] rounded-box border border-line bg-surface px-4 py-3 whitespace-pre-line">
            <Clamp lines={3}>{step.text}</Clamp>
          </div>
        )}
      </div>
    </li>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="sr-only">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
