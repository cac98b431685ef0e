import { useQueryClient } from '@tanstack/react-query';
import { Maximize2, Minimize2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import en from '../../i18n/en.json';
import {
  commands,
  type Move,
  type Problem,
  type ScriptDetail,
  type ScriptDraft,
  type ScriptVersionView,
} from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { IconButton } from '../../shared/Button';
import { useKeys } from '../../shared/keys';
import { useMedia } from '../../shared/Panes';
import { navigate } from '../../shared/route';
import { errorMessage, Notice } from '../../shared/States';
import { panelProps, TabList } from '../../shared/Tabs';
import { showDone, showError } from '../../shared/Toast';
import { useSettled } from '../../shared/useSettled';
import { useSession } from '../../team/session';
import { draftStore } from './actions';
import type { Vocabulary } from './completions';
import { useDraftPad } from './draftPad';
import { EditorHeader } from './EditorHeader';
import { HowToWrite } from './HowToWrite';
import { useListener } from './listener';
import { MapPane } from './MapPane';
import { partNamed, titleOf } from './outline';
import { PreviewPane } from './PreviewPane';
import { Problems } from './Problems';
import { previewOf, useCheck, useMergeFields, usePreview } from './queries';
import { ScriptText, type ScriptTextHandle } from './ScriptText';
import { VersionsPane } from './VersionsPane';

export type View = 'text' | 'preview' | 'map' | 'versions';
const group = 'script';
const noProblems: Problem[] = [];

/** One script: its words, how they read to someone, its ways, and what came of each version. */
export function ScriptEditor({
  detail,
  draft,
  canChange,
  view: chosen,
  onView: setChosen,
}: {
  /** None: a script that is still to be. */
  detail: ScriptDetail | null;
  draft: ScriptDraft | null;
  canChange: boolean;
  view: View;
  onView: (view: View) => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { volunteer } = useSession();
  const script = detail?.row.id ?? null;
  const newest = detail?.row.number ?? 0;
  const { pad, shown } = useDraftPad(
    `${volunteer.id}/${script ?? draft!.id}`,
    {
      draft: draft?.id ?? null,
      text: draft?.text ?? detail!.text,
      saved: detail?.text ?? null,
      base: draft?.base ?? newest,
    },
    draftStore(script),
  );
  const { text } = shown;
  const saved = detail?.text;
  useEffect(() => {
    if (saved !== undefined) pad.follow(saved, newest);
  }, [pad, saved, newest]);
  const [initial] = useState(text);

  const isWide = useMedia('(min-width: 1152px)');
  const [isSpread, setIsSpread] = useState(false);
  const [isWriting, setIsWriting] = useState(false);
  const view = isWide && chosen === 'text' ? 'preview' : chosen;
  const showsText = isWide ? !isSpread : view === 'text';
  const showsSide = isWide || view !== 'text';

  const words = useRef<ScriptTextHandle>(null);
  const stage = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);

  // --- what is wrong, and how it reads ---
  const settled = useSettled(text, 200);
  const { data: checked } = useCheck(settled);
  const isCurrent = checked?.text === settled;
  const problems = checked?.problems ?? noProblems;
  // While there are mistakes, the words are shown as they last held together.
  const [whole, setWhole] = useState<string | null>(detail?.text ?? null);
  if (isCurrent && problems.length === 0 && whole !== settled) setWhole(settled);
  const listener = useListener();
  const [path, setPath] = useState<Move[]>([]);
  const {
    data: preview,
    error: previewError,
    isPlaceholderData: isWalking,
  } = usePreview(whole, listener?.id ?? null, path);
  const say = async (next: Move[]) => {
    const { refused } = await client.fetchQuery(previewOf(whole!, listener?.id ?? null, next));
    if (refused === null) setPath(next);
    return refused;
  };
  const node = preview?.step.node ?? null;
  const current = useMemo(() => (node === null ? null : partNamed(settled, node)), [settled, node]);

  const { data: fields } = useMergeFields();
  const vocabulary = useMemo<Vocabulary>(
    () => ({
      fields: fields ?? [],
      purposes: Object.keys(en.scripts.purpose).map((purpose) => purpose.replaceAll('_', ' ')),
      words: {
        blank: t('scripts.complete.blank'),
        back: t('scripts.complete.back'),
        effects: (['fact', 'tag', 'field', 'consent', 'next'] as const).map((effect) => ({
          label: effect === 'next' ? `${effect}: ` : `${effect} `,
          detail: t(`scripts.complete.${effect}`),
        })),
      },
    }),
    [fields, t],
  );

  // --- going about ---
  const show = (next: View) => {
    flushSync(() => {
      setChosen(next);
      if (next === 'text') setIsSpread(false);
    });
  };
  const goTo = (line: number) => {
    flushSync(() => {
      setIsSpread(false);
      if (!isWide) setChosen('text');
    });
    words.current?.goTo(line);
  };
  const lastProblem = useRef(-1);
  const goToProblem = (index: number) => {
    const problem = problems[index];
    if (!problem) return;
    lastProblem.current = index;
    goTo(problem.line ?? 1);
  };
  const turn = () => {
    if (page.current?.querySelector('.cm-editor')?.contains(document.activeElement)) {
      show('preview');
      stage.current?.focus();
    } else {
      show('text');
      words.current?.focus();
    }
  };

  // --- saving ---
  const [isSaving, setIsSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (beside: boolean) => {
    if (isSaving || !canChange || !shown.isDirty) return;
    if (isCurrent && checked.text === text && problems.length > 0) {
      setFault(t('scripts.save.mendFirst', { count: problems.length }));
      goToProblem(0);
      return;
    }
    setIsSaving(true);
    setFault(null);
    try {
      const id = await run(commands.saveScript(script, text, beside));
      if (script === null) {
        await pad.close().catch(() => {});
        navigate({ name: 'scripts', script: id }, { replace: true });
        showDone(t('scripts.save.first', { name: titleOf(text) }));
      } else {
        await pad.settle(text, newest + 1);
        await client.invalidateQueries({ queryKey: ['script', id] });
        showDone(
          t(beside ? 'scripts.save.doneBeside' : 'scripts.save.done', { number: newest + 1, before: newest }),
        );
      }
    } catch (reason) {
      setFault(errorMessage(reason) || t('error.unknown'));
    } finally {
      setIsSaving(false);
    }
  };
  const put = (next: string, told: string) => {
    const before = text;
    show('text');
    words.current?.replace(next);
    showDone(told, { label: t('common.undo'), run: () => words.current?.replace(before) });
  };
  const bringBack = (version: ScriptVersionView) =>
    put(version.text, t('scripts.versions.broughtBack', { number: version.number }));
  const runVersions = (versions: string[]) => {
    run(commands.runScriptVersions(script!, versions)).then(
      () => client.invalidateQueries({ queryKey: ['script', script] }),
      (reason: unknown) => showError(errorMessage(reason)),
    );
  };

  const [showsHelp, setShowsHelp] = useState(false);
  useKeys([
    {
      keys: 'mod+s',
      label: 'scripts.key.save',
      whileTyping: true,
      enabled: canChange,
      run: () => void save(false),
    },
    { keys: 'mod+Enter', label: 'scripts.key.turn', whileTyping: true, run: turn },
    {
      keys: 'F8',
      label: 'scripts.key.problem',
      whileTyping: true,
      enabled: problems.length > 0,
      run: () => goToProblem((lastProblem.current + 1) % problems.length),
    },
    {
      keys: 'mod+1',
      label: 'scripts.key.text',
      whileTyping: true,
      run: () => (show('text'), words.current?.focus()),
    },
    { keys: 'mod+2', label: 'scripts.key.preview', whileTyping: true, run: () => show('preview') },
    { keys: 'mod+3', label: 'scripts.key.map', whileTyping: true, run: () => show('map') },
    {
      keys: 'mod+4',
      label: 'scripts.key.versions',
      whileTyping: true,
      enabled: detail !== null,
      run: () => show('versions'),
    },
  ]);

  const title = titleOf(text) || t('scripts.untitled');
  const tabs = [
    ...(isWide ? [] : [{ name: 'text' as const, label: t('scripts.tab.text'), keyHint: 'mod+1' }]),
    { name: 'preview' as const, label: t('scripts.tab.preview'), keyHint: 'mod+2' },
    { name: 'map' as const, label: t('scripts.tab.map'), keyHint: 'mod+3' },
    ...(detail
      ? [
          {
            name: 'versions' as const,
            label: t('scripts.tab.versions'),
            count: String(detail.versions.length),
            keyHint: 'mod+4',
          },
        ]
      : []),
  ];
  const tabList = (
    <TabList<View>
      group={group}
      label={t('scripts.tab.label')}
      tabs={tabs}
      selected={view}
      onSelect={setChosen}
    />
  );

  return (
    <div ref={page} className="flex h-full flex-col">
      <EditorHeader
        title={title}
        detail={detail}
        purpose={checked?.purpose ?? detail?.row.purpose ?? null}
        shown={shown}
        canChange={canChange}
        isSaving={isSaving}
        text={text}
        onSave={(beside) => void save(beside)}
        onDiscard={() => put(detail!.text, t('scripts.draft.discarded', { number: newest }))}
        onThrowAway={async () => {
          await pad.close();
          navigate({ name: 'scripts' });
        }}
        onHelp={() => setShowsHelp(true)}
      />
      <div className="flex flex-col gap-2 empty:hidden [&>*]:mx-4 [&>*]:mt-3 [&>*:last-child]:mb-3">
        {!canChange && <Notice>{t('scripts.readOnly')}</Notice>}
        {fault && (
          <Notice>
            <span role="alert">{fault}</span>
          </Notice>
        )}
        {shown.state === 'failed' && (
          <Notice>
            <span role="alert">
              {t('scripts.draft.failed', { why: errorMessage(shown.why) || t('error.unknown') })}
            </span>
          </Notice>
        )}
        {draft && detail && draft.base < newest && shown.isDirty && (
          <Notice>{t('scripts.draft.behind', { base: draft.base, newest })}</Notice>
        )}
        {detail?.row.retired && <Notice>{t('scripts.retired.sentence')}</Notice>}
      </div>
      {!isWide && <div className="border-b border-line bg-surface px-2">{tabList}</div>}
      <div className="flex min-h-0 flex-1">
        <section
          {...(isWide ? { 'aria-label': t('scripts.tab.text') } : panelProps(group, 'text'))}
          hidden={!showsText}
          onFocus={() => setIsWriting(true)}
          onBlur={() => setIsWriting(false)}
          className="flex min-w-0 flex-1 flex-col border-e border-line bg-surface"
        >
          <div className="min-h-0 flex-1">
            <ScriptText
              handle={words}
              initial={initial}
              label={t('scripts.textOf', { name: title })}
              isReadOnly={!canChange}
              problems={problems}
              current={current}
              vocabulary={vocabulary}
              onChange={pad.change}
            />
          </div>
          {canChange && <Problems problems={problems} onGoTo={(_, index) => goToProblem(index)} />}
        </section>
        <section
          hidden={!showsSide}
          aria-label={isWide ? t('scripts.tab.side') : undefined}
          className="flex min-w-0 flex-1 flex-col bg-paper"
        >
          {isWide && (
            <div className="flex items-center justify-between border-b border-line px-2.5">
              {tabList}
              <IconButton
                icon={isSpread ? Minimize2 : Maximize2}
                label={isSpread ? t('scripts.narrow') : t('scripts.spread')}
                onPress={() => setIsSpread(!isSpread)}
              />
            </div>
          )}
          {view !== 'text' && (
            <div {...panelProps(group, view)} className="min-h-0 flex-1">
              {view === 'preview' && (
                <PreviewPane
                  name={title}
                  preview={preview}
                  error={previewError}
                  isReadable={whole !== null}
                  isBehind={isCurrent && problems.length > 0}
                  isWalking={isWalking}
                  isWriting={isWriting}
                  onWalk={setPath}
                  onSaid={say}
                  onGoTo={(part) => goTo(partNamed(text, part)?.line ?? 1)}
                  stage={stage}
                />
              )}
              {view === 'map' && <MapPane map={checked?.map ?? null} node={node} onOpen={goTo} />}
              {view === 'versions' && detail && (
                <VersionsPane
                  versions={detail.versions}
                  canChange={canChange}
                  onRun={runVersions}
                  onBringBack={bringBack}
                />
              )}
            </div>
          )}
        </section>
      </div>
      {showsHelp && <HowToWrite onClose={() => setShowsHelp(false)} />}
    </div>
  );
}
