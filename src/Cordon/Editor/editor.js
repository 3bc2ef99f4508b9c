// The editor of the rule desk: YAML with CEL in it, completion from the vocabulary that the server tells, faults from its check.
// It holds no state of its own: the page owns the files, and is told what was typed.
import { EditorState, Compartment } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, drawSelection, tooltips } from '@codemirror/view';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { autocompletion, completionKeymap, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { HighlightStyle, syntaxHighlighting, indentUnit, bracketMatching, foldGutter, foldKeymap } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap, highlightSelectionMatches } from '@codemirror/search';
import { yaml } from '@codemirror/lang-yaml';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--c-accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--c-good)' },
  { tag: tags.comment, color: 'var(--c-dim)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.keyword, tags.atom], color: 'var(--c-warn)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--c-text)', backgroundColor: 'var(--c-surface)', height: '100%', fontSize: '0.8125rem' },
  '.cm-scroller': { fontFamily: 'var(--c-mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--c-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--c-text)' },
  '.cm-gutters': { backgroundColor: 'var(--c-raised)', color: 'var(--c-dim)', borderRight: '1px solid var(--c-line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--c-accent-soft) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--c-accent-soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--c-accent-soft)' },
  '.cm-tooltip': { backgroundColor: 'var(--c-surface)', color: 'var(--c-text)', border: '1px solid var(--c-line)', borderRadius: '5px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--c-accent-soft)', color: 'var(--c-text)' },
  '.cm-completionDetail': { color: 'var(--c-dim)', fontStyle: 'normal', marginLeft: '1rem' },
  '.cm-panels': { backgroundColor: 'var(--c-raised)', color: 'var(--c-text)', borderColor: 'var(--c-line)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--c-bad)' },
  '.cm-diagnosticText': { fontFamily: 'var(--c-font)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--c-held) 35%, transparent)' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--c-held) 20%, transparent)' },
  '&.cm-focused': { outline: '2px solid var(--c-accent)', outlineOffset: '-2px' },
});

const kinds = { signal: 'variable', field: 'property', constant: 'enum', function: 'function', method: 'method', list: 'constant', key: 'keyword', own: 'variable' };
const option = word => ({ label: word.name, detail: word.detail, type: kinds[word.sort] ?? 'text', boost: word.boost ?? 0 });

// What the rulebook itself declares, found by its own layout: good enough while it is being typed and does not parse.
function declared(texts) {
  const found = { params: [], lists: [], windows: [] };
  for (const text of texts) {
    let part = '';
    for (const line of text.split('\n')) {
      const head = /^(parameters|lists|windows|rules):/.exec(line);
      if (head) part = head[1];
      const id = /^\s+-\s*(?:\{\s*)?id:\s*([a-z][a-z0-9_]*)/.exec(line);
      if (!id || part === 'rules') continue;
      const into = part === 'parameters' ? found.params : part === 'lists' ? found.lists : part === 'windows' ? found.windows : null;
      into?.push(id[1]);
    }
  }
  return found;
}

const keys = {
  top: ['rulebook', 'title', 'currency', 'parameters', 'lists', 'windows', 'rules'],
  parameters: ['id', 'type', 'value', 'regions', 'source'],
  lists: ['id', 'of', 'role', 'owner', 'expires', 'entries'],
  windows: ['id', 'of', 'by', 'measure', 'value', 'where', 'over', 'slice', 'lateness'],
  rules: ['id', 'of', 'when', 'action', 'hold', 'priority', 'reason', 'duty', 'source', 'author', 'tests', 'name', 'given', 'expect', 'code', 'en', 'zh-CN', 'text', 'trust'],
};

const values = {
  of: ['call', 'message', 'subscription', 'account_opening', 'transfer', 'web_visit', 'phone', 'account', 'domain', 'device'],
  measure: ['count', 'sum', 'average', 'min', 'max', 'distinct', 'share', 'last', 'first_seen', 'gap', 'burst'],
  action: ['allow', 'warn', 'hold', 'block'],
  expect: ['none', 'allow', 'warn', 'hold', 'block'],
  role: ['deny', 'allow', 'never-block'],
  type: ['int', 'double', 'money', 'duration', 'string', 'bool'],
  trust: ['P', 'S', 'practice', 'ours'],
};

/// What can stand at a place. Exported for the browser test.
export function offered(words, texts, document, at) {
  const line = document.lineAt(at);
  const before = line.text.slice(0, at - line.from);
  const own = declared(texts);
  const typed = /[\w-]*$/.exec(before)[0];
  const from = at - typed.length;

  const plain = /(?:^|[\s{,-])(of|measure|action|expect|role|type|trust):\s*[\w-]*$/.exec(before);
  if (plain) return { from, options: values[plain[1]].map(name => option({ name, sort: 'constant', detail: '' })) };

  if (/^\s*(-\s*)?(\{\s*)?[a-zA-Z-]*$/.test(before) && !inCondition(document, line.number)) {
    const part = partOf(document, line.number);
    const names = /^\S*$/.test(before) ? keys.top : keys[part] ?? [];
    return { from, options: names.map(name => ({ ...option({ name, sort: 'key', detail: '' }), apply: name + ': ' })) };
  }

  const path = /([A-Za-z_][\w.]*(?:\([^()]*\))?)\.\w*$/.exec(before);
  if (path) {
    const head = path[1];
    if (head === 'params') return { from, options: own.params.map(name => option({ name, sort: 'own', detail: 'parameter' })) };
    if (head === 'lists') return { from, options: [
      ...own.lists.map(name => option({ name, sort: 'own', detail: 'list of this rulebook' })),
      ...words.filter(w => w.sort === 'list').map(w => option({ ...w, name: w.name.slice(6) })) ] };
    const constants = words.filter(w => w.sort === 'constant' && w.name.startsWith(head + '.'));
    if (constants.length && /^[A-Z]/.test(head)) return { from, options: constants.map(w => option({ ...w, name: w.name.slice(head.length + 1) })) };
    const type = typeOf(words, head);
    const members = words.filter(w => (w.sort === 'field' || w.sort === 'method') && (type === null || w.owner === type));
    return { from, options: members.map(option) };
  }

  const kind = kindOf(document, line.number);
  return { from, options: [
    ...words.filter(w => w.sort === 'signal').map(w => option({ ...w, boost: w.name === kind ? 9 : -1 })),
    ...own.windows.map(name => option({ name, sort: 'function', detail: 'window of this rulebook', boost: 5 })),
    ...words.filter(w => w.sort === 'function').map(w => option({ ...w, boost: 3 })),
    ...words.filter(w => w.sort === 'constant').map(option),
    option({ name: 'params', sort: 'own', detail: 'parameters' }), option({ name: 'lists', sort: 'own', detail: 'lists' }) ] };
}

// The type of a path or call such as call.caller or line(call.caller).person; null where it is not known.
function typeOf(words, path) {
  let type = null;
  for (const part of path.replace(/\([^()]*\)/g, '()').split('.')) {
    const name = part.replace('()', '');
    const word = type === null
      ? words.find(w => (part.endsWith('()') ? w.sort === 'function' : w.sort === 'signal') && w.name === name)
      : words.find(w => (w.sort === 'field' || w.sort === 'method') && w.owner === type && w.name === name);
    if (!word) return null;
    type = word.type;
  }
  return type;
}

function partOf(document, number) {
  for (let n = number; n > 0; n--) {
    const head = /^(parameters|lists|windows|rules):/.exec(document.line(n).text);
    if (head) return head[1];
  }
  return 'top';
}

function kindOf(document, number) {
  for (let n = number; n > 0; n--) {
    const of = /(?:^|[\s{,])of:\s*([a-z_]+)/.exec(document.line(n).text);
    if (of) return of[1];
    if (/^\s*-\s*id:/.test(document.line(n).text) && n < number) {
      const next = n < document.lines ? /(?:^|[\s{,])of:\s*([a-z_]+)/.exec(document.line(n + 1).text) : null;
      return next?.[1] ?? null;
    }
  }
  return null;
}

// Whether a line belongs to a block scalar of a condition: when: | and what is indented below it.
function inCondition(document, number) {
  const own = /^\s*/.exec(document.line(number).text)[0].length;
  for (let n = number - 1; n > 0; n--) {
    const text = document.line(n).text;
    if (text.trim().length === 0) continue;
    const indent = /^\s*/.exec(text)[0].length;
    if (indent >= own && own > 0) continue;
    return /(when|where|value|by):\s*[|>][+-]?\s*$/.test(text);
  }
  return false;
}

export function open(place, page, label) {
  let words = [];
  let others = [];
  const writable = new Compartment();
  let telling = null;

  const tell = () => {
    telling = null;
    page.invokeMethodAsync('Typed');
  };

  const typed = EditorView.updateListener.of(update => {
    if (!update.docChanged || update.transactions.some(t => t.isUserEvent('load'))) return;
    clearTimeout(telling);
    telling = setTimeout(tell, 350);
  });

  const state = (text, canWrite) => EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), foldGutter(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(),
      indentUnit.of('  '), yaml(), syntaxHighlighting(colours), look, lintGutter(), search({ top: true }), highlightSelectionMatches(),
      tooltips({ position: 'fixed' }),
      autocompletion({ override: [context => {
        const result = offered(words, [context.state.doc.toString(), ...others], context.state.doc, context.pos);
        const started = result.from < context.pos || /[.:{]\s?$/.test(context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos));
        return result.options.length && (context.explicit || started) ? { ...result, validFor: /^[\w-]*$/ } : null;
      }] }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap,
        { key: 'Mod-s', preventDefault: true, run: () => { clearTimeout(telling); page.invokeMethodAsync('Saved'); return true; } }]),
      writable.of([EditorState.readOnly.of(!canWrite), EditorView.editable.of(canWrite)]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      typed,
    ],
  });

  const view = new EditorView({ parent: place, state: state('', true) });
  return {
    vocabulary(told) { words = told; },
    show(text, around, canWrite) {
      clearTimeout(telling);
      telling = null;
      others = around;
      view.setState(state(text, canWrite));
    },
    around(texts) { others = texts; },
    faults(list) {
      const { doc } = view.state;
      const found = list.map(fault => {
        const line = doc.line(Math.min(Math.max(fault.line, 1), doc.lines));
        const from = Math.min(line.from + Math.max(fault.column - 1, 0), line.to);
        const rest = /^[\w.\-]+/.exec(doc.sliceString(from, line.to));
        const to = fault.column > 0 ? Math.max(from + (rest ? rest[0].length : 1), from) : line.to;
        return {
          from, to: Math.min(to, doc.length), severity: 'error', message: fault.suggestion ? `${fault.message} Did you mean ${fault.suggestion}?` : fault.message,
          actions: fault.suggestion && rest ? [{ name: `Write ${fault.suggestion}`, apply(v, start, end) { v.dispatch({ changes: { from: start, to: end, insert: fault.suggestion } }); } }] : [],
        };
      });
      view.dispatch(setDiagnostics(view.state, found));
    },
    go(line, column) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: Math.min(at.from + Math.max(column - 1, 0), at.to) }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) });
      view.focus();
    },
    // As bytes, which come as a stream: a message of a circuit is too small for a file. The first byte keeps an empty text from being nothing.
    read() { clearTimeout(telling); telling = null; return new TextEncoder().encode('=' + view.state.doc.toString()); },
    dispose() { clearTimeout(telling); view.destroy(); },
  };
}
