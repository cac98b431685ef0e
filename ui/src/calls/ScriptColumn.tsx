import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BegunAnswer, Pick, ScriptStep } from '../ipc/bindings';
import { IconButton } from '../shared/Button';
import { dotted } from '../shared/bidi';
import { cx } from '../shared/cx';
import { ariaKeys, Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { Choices, type Choice } from './Choices';
import { FreeAnswer } from './FreeAnswer';
import { MachineWords } from './MachineWords';
import { NotedList } from './NotedList';
import { Said } from './Said';
import { useChoiceKeys } from './useChoiceKeys';

export interface ScriptColumnProps {
  /** What was typed and not given; it is there again when one comes back to its question. */
  begun: BegunAnswer | null;
  onBegin: (begun: BegunAnswer | null) => void;
  name: string;
  step: ScriptStep;
  /** The call goes on: the number keys are the script's. */
  isTalking: boolean;
  /** We rang them, so that it may be a machine that answers. */
  mayMeetMachine: boolean;
  /** An answer is on its way. */
  pending: string | null;
  onPick: (pick: Pick, id: string) => void;
  /** As `onPick`, and answers what is wrong with what was typed. */
  onSaid: (pick: Pick) => Promise<string | null>;
  onBack: (moves: number) => void;
  /** A question for free words takes the keyboard. */
  takesFocus?: boolean;
  /** To where its words are changed, for whoever may. */
  onEdit?: () => void;
}

/** What to say, and where it leads. */
export function ScriptColumn({
  begun,
  onBegin,
  name,
  step,
  isTalking,
  mayMeetMachine,
  pending,
  onPick,
  onSaid,
  onBack,
  takesFocus,
  onEdit,
}: ScriptColumnProps) {
  const { t } = useTranslation();
  const [showsObjections, setShowsObjections] = useState(false);
  const typed = begun?.node === step.node ? begun.words : '';
  const setTyped = (words: string) => onBegin(words === '' ? null : { node: step.node, words });
  const [lastNode, setLastNode] = useState(step.node);
  if (lastNode !== step.node) {
    setLastNode(step.node);
    setShowsObjections(false);
  }

  const choices: Choice[] = (step.ask?.choices ?? []).map(({ key, label }) => ({
    key,
    id: `choice-${key}`,
    label,
  }));
  const objections: Choice[] = step.objections.map(({ id, label }, index) => ({
    key: index + 1,
    id: `objection-${id}`,
    label,
  }));
  const pickChoice = (choice: Choice) => onPick({ choice: choice.key }, choice.id);
  const pickObjection = (choice: Choice) => {
    // Its answer may stand at the same place in the script, and the keys are that place's again.
    setShowsObjections(false);
    onPick({ objection: choice.id.slice('objection-'.length) }, choice.id);
  };
  const isAsking = isTalking && pending === null;
  useChoiceKeys(
    showsObjections ? objections : choices,
    showsObjections ? pickObjection : pickChoice,
    isAsking,
  );

  const machineKey = mayMeetMachine && step.machine === null;
  const machine = () => onPick('machine', 'machine');
  const takeBack = (at: number) => onPick({ take_back: at }, 'take-back');
  const past = step.breadcrumb.filter((crumb) => crumb.state === 'past' && crumb.moves !== null);
  const back = past.at(-1)?.moves ?? null;
  useKeys(
    [
      {
        keys: 'o',
        label: 'calls.key.objections',
        enabled: objections.length > 0,
        run: () => setShowsObjections(!showsObjections),
      },
      { keys: 'm', label: 'calls.key.machine', enabled: machineKey, run: machine },
      { keys: 'Escape', enabled: showsObjections, run: () => setShowsObjections(false) },
      {
        keys: ['Backspace', 'ArrowLeft'],
        label: 'calls.key.back',
        enabled: showsObjections || back !== null,
        run: () => (showsObjections ? setShowsObjections(false) : onBack(back!)),
      },
    ],
    { enabled: isAsking },
  );

  return (
    <section aria-label={t('calls.script.label', { name })} className="flex flex-col gap-5">
      <div className="flex items-start justify-between gap-3">
        <nav aria-label={t('calls.script.parts')}>
          <ol className="flex flex-wrap gap-x-2 gap-y-1 text-small text-ink-3">
            {step.breadcrumb.map((crumb, index) => (
              <li key={index} className="flex gap-2">
                {index > 0 && <span aria-hidden>›</span>}
                {crumb.state === 'past' && crumb.moves !== null && isTalking ? (
                  <button
                    type="button"
                    onClick={() => onBack(crumb.moves!)}
                    className="rounded-small decoration-current/50 underline-offset-4 hover:text-ink hover:underline"
                  >
                    {crumb.label}
                  </button>
                ) : (
                  <span
                    aria-current={crumb.state === 'here' ? 'step' : undefined}
                    className={cx(crumb.state === 'here' && 'font-semibold text-ink-2')}
                  >
                    {crumb.label}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </nav>
        {onEdit && (
          <IconButton
            icon={Pencil}
            label={t('calls.script.edit')}
            onPress={onEdit}
            className="-my-1.5 -me-2"
          />
        )}
      </div>

      <div aria-live="polite" key={step.node} className="flex flex-col gap-4 rise empty:hidden">
        {step.machine ? (
          <MachineWords machine={step.machine} say={step.say} />
        ) : (
          step.say.length > 0 && (
            <div>
              <SectionLabel className="mb-2.5">{t('calls.script.say')}</SectionLabel>
              <Said segments={step.say} />
            </div>
          )
        )}
        {step.hint && (
          <p dir="auto" className="border-s-2 border-line ps-3 text-small text-ink-2">
            <span className="sr-only">{t('calls.script.hint')} </span>
            {step.hint}
          </p>
        )}
      </div>

      {showsObjections ? (
        <div>
          <SectionLabel className="mb-2.5">{t('calls.script.objections')}</SectionLabel>
          <Choices
            label={t('calls.script.objections')}
            choices={objections}
            onPick={pickObjection}
            picked={pending}
            isActive={isAsking}
          />
        </div>
      ) : (
        step.ask && (
          <div>
            <SectionLabel className="mb-2.5">{t('calls.script.theySay')}</SectionLabel>
            {step.ask.question.length > 0 && (
              <div className="mb-3 text-reason font-medium">
                <Said segments={step.ask.question} quoted={false} />
              </div>
            )}
            {step.ask.free ? (
              <FreeAnswer
                key={step.node}
                ask={step.ask.free}
                label={t('calls.script.theySay')}
                words={typed}
                onWords={setTyped}
                isActive={isAsking}
                takesFocus={takesFocus}
                onSaid={async (pick) => {
                  const refused = await onSaid(pick);
                  if (refused === null) setTyped('');
                  return refused;
                }}
              />
            ) : (
              <Choices
                label={t('calls.script.theySay')}
                choices={choices}
                onPick={pickChoice}
                picked={pending}
                isActive={isAsking || pending !== null}
              />
            )}
          </div>
        )
      )}

      {step.end && isTalking && step.machine?.leave !== 'nothing' && (
        <p className="text-ink-2">{step.machine ? t('calls.machine.end') : t('calls.script.end')}</p>
      )}

      {isTalking && (objections.length > 0 || machineKey || back !== null) && (
        <div className="flex flex-wrap items-start gap-x-5 gap-y-2">
          {objections.length > 0 && (
            <Hint chord="o" isExpanded={showsObjections} onPress={() => setShowsObjections(!showsObjections)}>
              {showsObjections
                ? t('calls.script.noObjection')
                : t('calls.script.objectionsOf', {
                    list: dotted(step.objections.map((each) => each.label)),
                  })}
            </Hint>
          )}
          {machineKey && !showsObjections && (
            <Hint chord="m" onPress={machine}>
              {t('calls.script.machine')}
            </Hint>
          )}
          {back !== null && !showsObjections && (
            <Hint chord="Backspace" isLast onPress={() => onBack(back)}>
              {step.machine ? t('calls.machine.back') : t('calls.script.back')}
            </Hint>
          )}
        </div>
      )}

      <NotedList noted={step.noted} isIdle={pending === null} hasKeys={isAsking} onTakeBack={takeBack} />
    </section>
  );
}

/** A key and what it does, quieter than a button: it may take several lines. */
function Hint({
  chord,
  isExpanded,
  isLast = false,
  onPress,
  children,
}: {
  chord: string;
  isExpanded?: boolean;
  /** At the end of its line. */
  isLast?: boolean;
  onPress: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-keyshortcuts={ariaKeys(chord)}
      aria-expanded={isExpanded}
      onClick={onPress}
      className={cx(
        'flex min-w-0 items-start gap-2 rounded-small text-start text-small text-ink-2 hover:text-ink',
        isLast && 'ms-auto',
      )}
    >
      <Kbd keys={chord} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </button>
  );
}
