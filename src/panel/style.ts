/** The panel's looks, light and dark as the page's visitor prefers. */
export const panelStyle = `
:host { all: initial; color-scheme: light dark; position: fixed; inset: auto 12px 12px auto; z-index: 2147483000;
  font: 13px/1.45 system-ui, sans-serif; color: light-dark(#1b1f24, #e6e9ee);
  --back: light-dark(#fff, #1d2127); --line: light-dark(#c9d0d9, #4a525e); --soft: light-dark(#f1f3f6, #2a3038);
  --quiet: light-dark(#57606c, #a9b2bf); --accent: light-dark(#0b57b0, #86b8ff); --bad: light-dark(#b3261e, #ff9a92); }
* { box-sizing: border-box; font: inherit; color: inherit; }
section { display: flex; flex-direction: column; width: min(380px, calc(100vw - 24px)); max-height: min(620px, calc(100vh - 70px));
  margin-bottom: 8px; overflow: auto; background: var(--back); border: 1px solid var(--line); border-radius: 8px;
  box-shadow: 0 6px 24px rgb(0 0 0 / 25%); }
section[hidden] { display: none; }
header { display: flex; align-items: baseline; gap: 8px; padding: 10px 12px; border-bottom: 1px solid var(--line); }
h2 { flex: 1; margin: 0; font-weight: 600; }
button, select, input { padding: 3px 9px; background: var(--soft); border: 1px solid var(--line); border-radius: 5px; }
button { cursor: pointer; }
button:hover, select:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.toggle { float: right; background: var(--back); border-radius: 16px; padding: 5px 12px; box-shadow: 0 2px 8px rgb(0 0 0 / 25%); }
details { border-bottom: 1px solid var(--line); }
details details { border: 0; }
summary { padding: 7px 12px; cursor: pointer; font-weight: 600; }
details details summary { display: flex; gap: 8px; font-weight: 400; padding: 4px 12px; }
details details summary b { flex: 1; font-weight: 600; overflow-wrap: anywhere; }
.body { padding: 0 12px 10px; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin: 6px 0; }
.state { color: var(--accent); }
.blocked, .locked, .refused { color: var(--bad); }
.quiet { color: var(--quiet); }
code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
input[type=number] { width: 5em; } input[type=text] { width: 7em; }
label { display: inline-flex; gap: 6px; align-items: center; }
p { margin: 4px 0; overflow-wrap: anywhere; }
[role=status] { padding: 6px 12px; min-height: 1.45em; color: var(--quiet); }
`
