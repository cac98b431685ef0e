import { Check, FileText, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Clamp } from '../shared/Clamp';
import { cx } from '../shared/cx';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { Sentence, type Clause } from '../shared/Sentence';
import { Notice } from '../shared/States';
import { Timeline, type TimelineItem } from '../shared/Timeline';

export interface BriefViewProps {
  name: string;
  personHref?: string;
  /** Role, organisation, standing, place; what there is of it. */
  subtitle: string;
  reason: Clause[];
  tone: 'late' | 'soon' | 'plain';
  /** Who else has this name or this number. */
  warnings: { id: string; title: string; body: string }[];
  /** How many more there are of those. */
  moreOthers?: number;
  /** In a word each: how long they have waited, what became of our last promise, what their clock shows. */
  glance: { id: string; label: string; value: ReactNode; isLate?: boolean }[];
  /** What the script asks one to have before one. */
  atHand?: string[];
  facts: { id: string; words: string }[];
  reaching: { id: string; icon: LucideIcon; text: ReactNode }[];
  noteForNext?: string | null;
  soFar: TimelineItem[];
  /** Above everything else: why nobody may ring now. */
  notice?: ReactNode;
  footer?: ReactNode;
  headingRef?: Ref<HTMLHeadingElement>;
}

/** What a caller reads before dialling. */
export function BriefView({
  name,
  personHref,
  subtitle,
  reason,
  tone,
  warnings,
  moreOthers = 0,
  glance,
  atHand = [],
  facts,
  reaching,
  noteForNext,
  soFar,
  notice,
  footer,
  headingRef,
}: BriefViewProps) {
  const { t } = useTranslation();
  return (
    <article aria-label={name} className="@container flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-6.5 @sm:px-8">
        <h2 ref={headingRef} tabIndex={-1} className="outline-none">
          {personHref ? (
            <a
              href={personHref}
              className="rounded-small decoration-line decoration-1 underline-offset-4 hover:underline"
            >
              <PersonName name={name} size="person" />
            </a>
          ) : (
            <PersonName name={name} size="person" />
          )}
        </h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          <bdi>{subtitle}</bdi>
        </p>

        <div
          className={cx(
            'mt-4.5 rounded-box px-4 py-3.5',
            tone === 'late' ? 'bg-brick-soft' : tone === 'soon' ? 'bg-amber-soft' : 'bg-green-soft',
          )}
        >
          <Sentence clauses={reason} />
        </div>

        {notice && <div className="mt-5.5">{notice}</div>}
        {glance.length > 0 && (
          <dl
            aria-label={t('brief.atAGlance')}
            className="mt-4 flex flex-wrap gap-x-7 gap-y-2.5 [&>div]:min-w-0"
          >
            {glance.map(({ id, label, value, isLate }) => (
              <div key={id}>
                <dt className="text-label text-ink-3">{label}</dt>
                <dd className={cx('font-medium [overflow-wrap:anywhere]', isLate && 'text-brick')}>
                  <span dir="auto" className="line-clamp-2">
                    {value}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {noteForNext && (
          <section className="mt-5.5">
            <SectionLabel level={3} className="mb-1.5">
              {t('brief.noteForNext')}
            </SectionLabel>
            <div className="text-ink-2">
              <Clamp lines={6}>{noteForNext}</Clamp>
            </div>
          </section>
        )}
        {warnings.map((warning) => (
          <Notice key={warning.id} icon={TriangleAlert} className="mt-5.5">
            <strong>{warning.title}</strong> {warning.body}
          </Notice>
        ))}
        {moreOthers > 0 && <p className="mt-2 text-ink-2">{t('brief.moreOthers', { count: moreOthers })}</p>}

        {(facts.length > 0 || reaching.length > 0) && (
          <div className="mt-5.5 grid gap-x-6 gap-y-5.5 @sm:grid-cols-[minmax(0,1fr)_minmax(0,0.92fr)]">
            <section>
              <SectionLabel level={3}>{t('brief.matters')}</SectionLabel>
              {facts.length === 0 && <p className="mt-2 text-ink-2">{t('brief.noFacts')}</p>}
              <IconList items={facts.map((fact) => ({ id: fact.id, icon: Check, text: fact.words }))} />
            </section>
            <section>
              <SectionLabel level={3}>{t('brief.reaching')}</SectionLabel>
              {reaching.length === 0 && <p className="mt-2 text-ink-2">{t('brief.noReach')}</p>}
              <IconList items={reaching} />
            </section>
          </div>
        )}

        {atHand.length > 0 && (
          <section className="mt-5.5">
            <SectionLabel level={3}>{t('brief.atHand')}</SectionLabel>
            <IconList items={atHand.map((text, index) => ({ id: String(index), icon: FileText, text }))} />
          </section>
        )}

        <section className="mt-5.5">
          <SectionLabel level={3} className="mb-2.5">
            {t('brief.soFar')}
          </SectionLabel>
          {soFar.length > 0 ? (
            <Timeline items={soFar} />
          ) : (
            <p className="text-ink-2">{t('brief.nothingYet')}</p>
          )}
        </section>
      </div>
      {footer && (
        <footer className="flex min-h-16.5 flex-wrap items-center gap-2 border-t border-line px-6 py-3 @sm:px-8">
          {footer}
        </footer>
      )}
    </article>
  );
}

function IconList({ items }: { items: { id: string; icon: LucideIcon; text: ReactNode }[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-1.75">
      {items.map(({ id, icon: Icon, text }) => (
        <li key={id} className="flex gap-2.5 text-ink-2 [&_strong]:font-semibold [&_strong]:text-ink">
          <Icon aria-hidden size={15} strokeWidth={1.6} className="mt-0.75 shrink-0 text-ink-3" />
          <Clamp>{text}</Clamp>
        </li>
      ))}
    </ul>
  );
}
