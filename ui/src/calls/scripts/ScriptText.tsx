import {
  autocompletion,
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, nextDiagnostic, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import {
  EditorState,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Extension,
  type Text,
} from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { i18next } from '../../i18n';
import type { Problem } from '../../ipc/bindings';
import { completeScript, type Vocabulary } from './completions';
import { scriptLanguage } from './language';
import { textTheme } from './textTheme';

export interface ScriptTextHandle {
  focus: () => void;
  /** To a line, from 1; the keyboard goes with it. */
  goTo: (line: number) => void;
  /** Other words in place of all of it; undo brings back what stood there. */
  replace: (text: string) => void;
}

export interface Lines {
  line: number;
  lastLine: number;
}

const setHere = StateEffect.define<Lines | null>();
const hereLine = Decoration.line({ class: 'cm-line-here' });

function linesOf(doc: Text, lines: Lines | null): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  if (lines) {
    for (let n = lines.line; n <= Math.min(lines.lastLine, doc.lines); n++) {
      const { from } = doc.line(n);
      builder.add(from, from, hereLine);
    }
  }
  return builder.finish();
}

const here = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    const told = transaction.effects.find((effect) => effect.is(setHere));
    return told ? linesOf(transaction.state.doc, told.value) : set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const ownDirection = Decoration.line({ attributes: { dir: 'auto' } });

/** Each line takes the direction of its own words. */
const directions = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = this.of(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = this.of(update.view);
    }
    of(view: EditorView): DecorationSet {
      const builder = new RangeSetBuilder<Decoration>();
      for (const { from, to } of view.visibleRanges) {
        for (let at = from; at <= to;) {
          const line = view.state.doc.lineAt(at);
          builder.add(line.from, line.from, ownDirection);
          at = line.to + 1;
        }
      }
      return builder.finish();
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function diagnosticsOf(doc: Text, problems: Problem[]): Diagnostic[] {
  return problems.flatMap(({ line, message }) => {
    if (line === null || line > doc.lines) return [];
    const at = doc.line(Math.max(1, line));
    const indent = at.text.length - at.text.trimStart().length;
    return [{ from: at.from + indent, to: at.to, severity: 'error' as const, message }];
  });
}

/** What the editor says itself, in our words. */
const phrases = () =>
  EditorState.phrases.of({
    Find: i18next.t('scripts.find.find'),
    Replace: i18next.t('scripts.find.replaceWith'),
    next: i18next.t('scripts.find.next'),
    previous: i18next.t('scripts.find.previous'),
    all: i18next.t('scripts.find.all'),
    'match case': i18next.t('scripts.find.case'),
    'by word': i18next.t('scripts.find.word'),
    regexp: i18next.t('scripts.find.pattern'),
    replace: i18next.t('scripts.find.replace'),
    'replace all': i18next.t('scripts.find.replaceAll'),
    close: i18next.t('common.close'),
    '$ unchanged lines': i18next.t('scripts.versions.unchanged', { lines: '$' }),
  });

/** The words of a script, with its marks, its faults and what may stand where one types. */
export function ScriptText({
  initial,
  label,
  isReadOnly = false,
  problems = [],
  current = null,
  vocabulary,
  onChange,
  extra,
  handle,
}: {
  initial: string;
  label: string;
  isReadOnly?: boolean;
  problems?: Problem[];
  /** The part whose words the preview says. */
  current?: Lines | null;
  vocabulary?: Vocabulary;
  onChange?: (text: string) => void;
  /** Looked at once, when it is first drawn. */
  extra?: Extension;
  handle?: Ref<ScriptTextHandle>;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const given = useRef({ initial, label, vocabulary, onChange, extra });
  useEffect(() => {
    given.current = { ...given.current, label, vocabulary, onChange };
  });

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: given.current.initial,
        extensions: [
          phrases(),
          EditorState.tabSize.of(4),
          EditorView.lineWrapping,
          EditorView.perLineTextDirection.of(true),
          directions,
          EditorView.contentAttributes.of(() => ({ 'aria-label': given.current.label, tabindex: '0' })),
          lineNumbers(),
          search({ top: true }),
          scriptLanguage,
          textTheme,
          given.current.extra ?? [],
          isReadOnly
            ? [EditorState.readOnly.of(true)]
            : [
                history(),
                lintGutter(),
                here,
                drawSelection(),
                highlightActiveLine(),
                highlightActiveLineGutter(),
                closeBrackets(),
                autocompletion({
                  override: [
                    completeScript(
                      () =>
                        given.current.vocabulary ?? {
                          fields: [],
                          purposes: [],
                          words: { blank: '', back: '', effects: [] },
                        },
                    ),
                  ],
                  icons: false,
                  activateOnTypingDelay: 60,
                }),
                EditorView.updateListener.of((update) => {
                  if (update.docChanged) given.current.onChange?.(update.state.doc.toString());
                }),
              ],
          keymap.of([
            { key: 'Tab', run: acceptCompletion },
            { key: 'F8', run: nextDiagnostic },
            ...closeBracketsKeymap,
            // Ctrl and Enter lead to the preview.
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...searchKeymap,
            ...historyKeymap,
          ]),
        ],
      }),
    });
    view.current = editor;
    // Where what stands beneath takes more room, the line that one writes in stays in sight.
    let height = host.current!.clientHeight;
    const watch = new ResizeObserver(() => {
      const now = host.current?.clientHeight ?? 0;
      if (now > 0 && now < height && editor.hasFocus) {
        editor.dispatch({
          effects: EditorView.scrollIntoView(editor.state.selection.main.head, { yMargin: 36 }),
        });
      }
      height = now;
    });
    watch.observe(host.current!);
    return () => {
      watch.disconnect();
      editor.destroy();
      view.current = null;
    };
  }, [isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor && !isReadOnly)
      editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, problems)));
  }, [problems, isReadOnly]);

  const [line, lastLine] = [current?.line ?? 0, current?.lastLine ?? 0];
  useEffect(() => {
    if (!isReadOnly) view.current?.dispatch({ effects: setHere.of(line > 0 ? { line, lastLine } : null) });
  }, [line, lastLine, isReadOnly]);

  useImperativeHandle(handle, () => ({
    focus: () => view.current?.focus(),
    goTo: (at) => {
      const editor = view.current;
      if (!editor) return;
      const place = editor.state.doc.line(Math.max(1, Math.min(at, editor.state.doc.lines)));
      editor.dispatch({
        selection: { anchor: place.to },
        effects: EditorView.scrollIntoView(place.from, { y: 'start', yMargin: 48 }),
      });
      editor.focus();
    },
    replace: (text) => {
      const editor = view.current;
      if (!editor) return;
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
        userEvent: 'input.replace',
      });
      editor.focus();
    },
  }));

  return <div ref={host} className="h-full min-h-0 select-text [&>.cm-editor]:h-full" />;
}
