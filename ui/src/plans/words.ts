// A plan in the words of whoever reads it: when, who, and what it is passed over for.
import {
  DoorOpen,
  Gift,
  Handshake,
  Mail,
  MailOpen,
  PencilLine,
  Phone,
  Ticket,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition, DateOf, Step, StepChannel, Who } from '../ipc/bindings';
import { useVolunteers } from '../team/queries';

export const channelIcons: Record<StepChannel, LucideIcon> = {
  call: Phone,
  email: Mail,
  letter: MailOpen,
  visit: DoorOpen,
  invitation: Ticket,
  introduction: Handshake,
  gift: Gift,
  own: PencilLine,
};
export const stepChannels = Object.keys(channelIcons) as StepChannel[];

const either = new Intl.ListFormat('en-GB', { style: 'long', type: 'disjunction' });

export interface PlanWords {
  channel: (channel: StepChannel) => string;
  /** `3 business days after the step before is done` */
  when: (when: Step['when'], dateOf: DateOf | null) => string;
  who: (who: Who) => string;
  /** Whom it is known of; nothing where it is to be done the same day. */
  within: (days: number) => string;
  condition: (condition: Condition) => string;
  /** `this or that` */
  anyOf: (conditions: Condition[]) => string;
}

export function usePlanWords(): PlanWords {
  const { t } = useTranslation();
  const { data: volunteers } = useVolunteers();
  return useMemo(() => {
    const condition = (of: Condition): string => {
      switch (of.fact) {
        case 'tag':
          return t('plans.condition.tag', { name: of.name });
        case 'standing':
          return t('plans.condition.standing', {
            list: either.format(of.any_of.map((each) => t(`standing.${each}`))),
          });
        case 'refuses':
          return t(`plans.condition.refuses.${of.channel}`);
        case 'opted_out':
          return t('plans.condition.opted_out');
        case 'spoken_within':
          return t('plans.condition.spoken_within', { count: of.days });
        case 'touched_within':
          return t('plans.condition.touched_within', { count: of.days });
      }
    };
    return {
      channel: (channel) => t(`plans.channel.${channel}`),
      when: ({ base, wait }, dateOf) =>
        t(`plans.when.${base}.${wait.unit}`, {
          count: wait.count,
          date: t(`plans.date.${dateOf ?? 'none'}`),
        }),
      who: (who) => {
        if (who.by === 'keeper') return t('plans.who.keeper');
        if (who.by === 'role') return t(`plans.who.role.${who.which}`);
        return volunteers?.find((each) => each.id === who.which)?.name ?? t('plans.who.gone');
      },
      within: (days) => t('plans.within', { count: days }),
      condition,
      anyOf: (conditions) => conditions.map(condition).join(t('plans.condition.or')),
    };
  }, [t, volunteers]);
}
