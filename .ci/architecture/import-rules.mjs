// The rules on who may import what: layers, siblings, packages, platform modules and cycles.
import { builtinModules } from 'node:module';

const builtin = new Set(builtinModules);

function isWithin(path, folder) {
  return path === folder || path.startsWith(`${folder}/`) || path.replace(/\.\w+$/, '') === folder;
}

/** The most specific layer of a path: { key, folder, rule }; `*` stands for one folder. */
export function layerOf(path, layers) {
  let best;
  for (const [key, rule] of Object.entries(layers)) {
    const parts = key.split('/');
    const own = path.split('/');
    if (own.length <= parts.length || !parts.every((part, index) => part === '*' || part === own[index])) continue;
    if (!best || parts.length > best.key.split('/').length) {
      best = { key, folder: own.slice(0, parts.length).join('/'), rule };
    }
  }
  return best;
}

/** True where the table's name (`engine`, `engine/*`, `src-renderer`) covers the target. */
function covers(name, target) {
  const folder = name.replace(/\/\*$/, '');
  return isWithin(target, folder) || isWithin(target, `src-main/${folder}`);
}

function directionFault(source, layer, { target, line }, table) {
  if (table.resources.some((folder) => isWithin(target, folder))) return undefined;
  const goal = layerOf(target, table.layers);
  if (!goal) {
    return { rule: 'import', line, says: `imports ${target}, which stands in no layer`, remedy: 'import program files only' };
  }
  if (goal.folder === layer.folder) return undefined;
  if (layer.rule.siblings === false && goal.key === layer.key) {
    const remedy = 'move what both need into a folder that both may import';
    return { rule: 'sibling', line, says: `imports its sibling ${goal.folder}`, remedy };
  }
  if (layer.rule.imports.some((name) => covers(name, target))) return undefined;
  const allowed = layer.rule.imports.join(', ') || 'nothing';
  const remedy = `${layer.folder} may import ${allowed}; move the code, or hand the value in`;
  return { rule: 'import', line, says: `imports ${target}`, remedy };
}

function packageOf(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function packageFault(source, layer, { specifier, line }, table) {
  const name = packageOf(specifier);
  if (specifier.startsWith('node:') || builtin.has(name)) {
    if (layer.rule.node !== false) return undefined;
    return { rule: 'platform', line, says: `imports ${specifier}`, remedy: `${layer.folder} runs without Node: hand the value in` };
  }
  const owners = [table.only[name] ?? []].flat();
  if (owners.length > 0 && !owners.some((owner) => isWithin(source.path, owner))) {
    return { rule: 'only', line, says: `imports ${name}`, remedy: `only ${owners.join(' and ')} may: go through it` };
  }
  if (layer.rule.packages && !layer.rule.packages.includes(name)) {
    const allowed = layer.rule.packages.join(', ') || 'none';
    return { rule: 'package', line, says: `imports ${name}`, remedy: `packages of ${layer.folder}: ${allowed}` };
  }
  return undefined;
}

/** Layers, siblings, sole importers, packages and platform modules of the program's files. */
export function importRules({ sources }, table) {
  const faults = [];
  for (const source of sources) {
    for (const wanted of source.imports) {
      if (wanted.target && !/\.\w+$/.test(wanted.target)) {
        const remedy = 'write the file ending (.ts, .vue) in the import';
        faults.push({ path: source.path, rule: 'ending', line: wanted.line, says: `imports ${wanted.specifier}`, remedy });
      }
    }
    if (!source.isProgram) continue;
    const layer = layerOf(source.path, table.layers);
    if (!layer) {
      faults.push({ path: source.path, rule: 'layer', line: 1, says: 'stands in no layer', remedy: 'move it into a folder of .ci/architecture.json' });
      continue;
    }
    for (const wanted of source.imports) {
      const check = wanted.target ? directionFault : packageFault;
      const fault = check(source, layer, wanted, table);
      if (fault) faults.push({ path: source.path, ...fault });
    }
  }
  return faults;
}

/** Import cycles, type imports included; each is told once, at its first file. */
export function cycleRule({ sources }) {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const state = new Map(); // path → 'open' | 'done'
  const faults = [];
  const trail = [];
  const visit = (source) => {
    state.set(source.path, 'open');
    trail.push(source.path);
    for (const { target, line, isAddress } of source.imports) {
      const next = byPath.get(target);
      if (!next || isAddress) continue; // A child started by its address loads nothing here.
      if (state.get(target) === 'open') {
        const ring = [...trail.slice(trail.indexOf(target)), target].join(' → ');
        const remedy = 'move what both need into a third file';
        faults.push({ path: source.path, rule: 'cycle', line, says: `closes the ring ${ring}`, remedy });
      } else if (!state.has(target)) visit(next);
    }
    trail.pop();
    state.set(source.path, 'done');
  };
  for (const source of sources) if (!state.has(source.path)) visit(source);
  return faults;
}
